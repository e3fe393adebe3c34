import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countFilters, type ListSpec, readListState, toCrudFilters, writeListState } from './list-state.ts';

const spec: ListSpec = {
  filters: {
    q: { kind: 'search', fields: ['title', 'label'] },
    status: { kind: 'choice', field: 'status', values: ['ready', 'errored', 'uploading'] },
    video: { kind: 'record', field: 'video_id' },
    actor: { kind: 'text', field: 'actor_subject' },
    when: { kind: 'range', field: 'occurred_at' },
  },
  sortable: ['created_at', 'title'],
  initialSort: { field: 'created_at', order: 'desc' },
};
const id = '0198c1a0-0000-7000-8000-000000000001';
const read = (search: string) => readListState(spec, new URLSearchParams(search));

describe('the address of a list', () => {
  it('is bare when nothing was asked', () => {
    expect(writeListState(spec, read('')).toString()).toBe('');
  });

  it('says where a later page begins, as long as that can be a cursor; page 1 begins at the beginning', () => {
    const later = read('page=3&at=eyJv_-1');
    expect(later).toMatchObject({ page: 3, cursor: 'eyJv_-1' });
    expect(writeListState(spec, later).toString()).toBe('page=3&at=eyJv_-1');
    for (const search of [
      'page=3&at=a b',
      'page=3&at=',
      `page=3&at=${'a'.repeat(2001)}`,
      'page=1&at=eyJv',
      'at=eyJv',
    ]) {
      expect(read(search)).not.toHaveProperty('cursor');
    }
  });

  it('brings back exactly the state it was written from', () => {
    const state = fc.record({
      page: fc.integer({ min: 1, max: 9999 }),
      size: fc.constantFrom(10, 25, 50, 100),
      sort: fc.record({ field: fc.constantFrom('created_at', 'title'), order: fc.constantFrom('asc', 'desc') }),
      values: fc.record(
        {
          q: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }).map((text) => [`x${text.trim()}`]),
          status: fc.subarray(['ready', 'errored', 'uploading'], { minLength: 1 }),
          video: fc.constant([id]),
          when: fc.constantFrom(['2026-01-01T00:00:00.000Z', ''], ['', '2026-01-02T00:00:00.000Z']),
        },
        { requiredKeys: [] },
      ),
    });
    fc.assert(
      fc.property(state, (given) => {
        const written = writeListState(spec, given).toString();
        expect(readListState(spec, new URLSearchParams(written))).toEqual(given);
      }),
    );
  });

  it('leaves out what the list does not know', () => {
    expect(read('page=-3&size=7000&sort=-secret_hash&status=ready,dropped&video=1;drop&when=soon~later&x=1')).toEqual({
      page: 1,
      size: 25,
      sort: { field: 'created_at', order: 'desc' },
      values: { status: ['ready'] },
    });
  });

  it('never fails, whatever stands in it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('q', 'status', 'video', 'when', 'sort'),
        (text, name) => {
          const state = readListState(spec, new URLSearchParams([[name, text]]));
          expect(spec.sortable).toContain(state.sort.field);
          expect(() => toCrudFilters(spec, state.values)).not.toThrow();
        },
      ),
    );
  });
});

it('a search looks into each of its columns; the other filters narrow', () => {
  const { values } = read(`q=pump&status=ready,errored&video=${id}&when=2026-01-01T00:00:00Z~`);
  expect(toCrudFilters(spec, values)).toEqual([
    {
      operator: 'or',
      value: [
        { field: 'title', operator: 'contains', value: 'pump' },
        { field: 'label', operator: 'contains', value: 'pump' },
      ],
    },
    { field: 'status', operator: 'in', value: ['ready', 'errored'] },
    { field: 'video_id', operator: 'eq', value: id },
    { field: 'occurred_at', operator: 'between', value: ['2026-01-01T00:00:00Z', null] },
  ]);
  expect(countFilters(spec, values)).toBe(3);
});

it('a range whose end is left out says so to the server', () => {
  const ranged: ListSpec = { ...spec, filters: { when: { kind: 'range', field: 'occurred_at', endLeftOut: true } } };
  const [from, to] = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'];
  const after = { field: 'occurred_at', operator: 'gte', value: from };
  const before = { field: 'occurred_at', operator: 'lt', value: to };
  expect(toCrudFilters(ranged, { when: [from, to] })).toEqual([{ operator: 'and', value: [after, before] }]);
  expect(toCrudFilters(ranged, { when: ['', to] })).toEqual([{ operator: 'and', value: [before] }]);
});
