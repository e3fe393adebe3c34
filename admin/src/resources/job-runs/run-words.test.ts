import { expect, it } from 'vitest';
import { countsWords, lasting } from './run-words.ts';

it('counts are told by the names that the job gave them', () => {
  expect(countsWords({ dead_events: 1200, folded: 3 })).toBe('dead events 1,200, folded 3');
  expect(countsWords({ by_kind: { a: 1 } })).toBe('by kind {"a":1}');
  expect(countsWords({})).toBeUndefined();
});

it('a duration is told in the unit that fits it', () => {
  expect([0, 999, 1000, 2540, 59_949, 60_000, 200_400].map(lasting)).toEqual([
    '0 ms',
    '999 ms',
    '1 s',
    '2.5 s',
    '59.9 s',
    '1 min 0 s',
    '3 min 20 s',
  ]);
});
