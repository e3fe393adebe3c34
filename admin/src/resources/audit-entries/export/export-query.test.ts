import { expect, it } from 'vitest';
import { carriedFilters, exportName, exportQuery, filtersNotCarried } from './export-query.ts';

const values = {
  actor: ['user_x'],
  action: ['share_token.revoked'],
  type: ['share_token'],
  object: ['0198c1a0-0000-7000-8000-000000000001'],
  when: ['2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
  door: ['api', 'worker'],
  request: ['req-1'],
};

it('an export asks for what the list shows, by the API’s names', () => {
  expect(Object.fromEntries(exportQuery('jsonl', values))).toEqual({
    format: 'jsonl',
    actor: 'user_x',
    action: 'share_token.revoked',
    object_type: 'share_token',
    object_id: '0198c1a0-0000-7000-8000-000000000001',
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-12-01T00:00:00.000Z',
  });
});

it('an open end of the time is not asked for, and no filter asks for everything', () => {
  expect(exportQuery('csv', { when: ['', '2026-12-01T00:00:00.000Z'] }).toString()).toBe(
    'format=csv&to=2026-12-01T00%3A00%3A00.000Z',
  );
  expect(exportQuery('csv', {}).toString()).toBe('format=csv');
});

it('the filters that an export does not know are named', () => {
  expect(filtersNotCarried(values)).toEqual(['door', 'request']);
  expect(carriedFilters(values).map(([name]) => name)).toEqual(['actor', 'action', 'type', 'object', 'when']);
  expect(carriedFilters({ ...values, when: ['', ''] }).map(([name]) => name)).not.toContain('when');
  expect(filtersNotCarried({ actor: ['x'], when: ['', ''] })).toEqual([]);
});

it('files are named by the time of the export', () => {
  expect(exportName('csv', new Date('2026-11-21T04:05:06.789Z'))).toBe('audit-log-20261121T040506Z.csv');
});
