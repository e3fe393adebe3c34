import { expect, test } from 'vitest';
import { exportFilters } from './export-filters.ts';
import { type ListSpec, toCrudFilters } from './list-state.ts';

const spec: ListSpec = {
  filters: {
    q: { kind: 'search', fields: ['label', 'public_id'] },
    status: { kind: 'choice', field: 'status', values: ['active', 'revoked'] },
    video: { kind: 'record', field: 'video_id' },
    seen: { kind: 'range', field: 'seen_at' },
    made: { kind: 'range', field: 'created_at', endLeftOut: true },
  },
  sortable: [],
  initialSort: { field: 'created_at', order: 'desc' },
};

test('what a list is filtered by is what its export is asked for', () => {
  const filters = toCrudFilters(spec, {
    q: ['squat'],
    status: ['active', 'revoked'],
    video: ['01a1ff7f-a601-7e64-a166-db15a0a00125'],
    seen: ['2026-01-01T00:00:00Z', ''],
    made: ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'],
  });
  expect(exportFilters(filters)).toEqual([
    {
      operator: 'or',
      value: [
        { field: 'label', operator: 'contains', value: 'squat' },
        { field: 'public_id', operator: 'contains', value: 'squat' },
      ],
    },
    { field: 'status', operator: 'in', value: ['active', 'revoked'] },
    { field: 'video_id', operator: 'eq', value: '01a1ff7f-a601-7e64-a166-db15a0a00125' },
    { field: 'seen_at', operator: 'gte', value: '2026-01-01T00:00:00Z' },
    { field: 'created_at', operator: 'gte', value: '2026-01-01T00:00:00Z' },
    { field: 'created_at', operator: 'lt', value: '2026-02-01T00:00:00Z' },
  ]);
});
