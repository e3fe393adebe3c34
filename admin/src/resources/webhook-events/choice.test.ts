import { expect, it } from 'vitest';
import { choiceOfFilters, choiceOfIds, isAside } from './choice.ts';

it('only what waits aside can be chosen', () => {
  const states = ['received', 'processed', 'ignored', 'dead', 'quarantined', 'discarded'] as const;
  expect(states.filter((state) => isAside({ state }))).toEqual(['ignored', 'dead', 'quarantined']);
});

it('rows are chosen by their ids', () => {
  expect(choiceOfIds(['a', 'b'])).toEqual({ args: { event_ids: ['a', 'b'] }, count: 2, filters: [] });
});

it('filters are one choice when they name one state of those aside', () => {
  expect(choiceOfFilters({}, [])).toBe('how');
  expect(choiceOfFilters({ state: ['dead', 'ignored'] }, [])).toBe('how');
  expect(choiceOfFilters({ state: ['processed'] }, [])).toBe('how');
  expect(choiceOfFilters({ state: ['dead'] }, [])).toEqual({ args: { of_state: 'dead' }, filters: [] });
});

it('a search or several types are no choice that the server could repeat', () => {
  expect(choiceOfFilters({ state: ['dead'], q: ['asset'] }, [])).toBe('notSearch');
  expect(choiceOfFilters({ state: ['dead'], type: ['a', 'b'] }, [])).toBe('oneType');
  expect(choiceOfFilters({ state: ['dead'], provider: ['mux', 'clerk'] }, [])).toBe('oneType');
});

it('a choice carries what it is counted by, and the range as the server takes it', () => {
  const when = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'];
  const filter = { field: 'received_at', operator: 'gte', value: when[0] } as const;
  expect(choiceOfFilters({ state: ['dead'], provider: ['mux'], type: ['video.asset.ready'], when }, [filter])).toEqual({
    args: {
      of_state: 'dead',
      of_provider: 'mux',
      of_type: 'video.asset.ready',
      received_from: when[0],
      received_before: when[1],
    },
    filters: [filter],
  });
});
