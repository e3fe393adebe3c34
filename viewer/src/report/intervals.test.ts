import { describe, expect, it } from 'vitest';
import { type Interval, merged } from './intervals.ts';

/** Small pseudo-random numbers that are the same in each run. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; state = (state * 1_103_515_245 + 12_345) % 2 ** 31) yield Math.floor((state / 2 ** 31) * 40);
}

const seconds = (intervals: readonly Interval[]): number[] =>
  Array.from({ length: 40 }, (_, n) => n).filter((n) => intervals.some(([from, to]) => from <= n && n < to));

describe('parts of a video', () => {
  it('are joined where they meet, and empty ones are none', () => {
    expect(
      merged([
        [5, 7],
        [1, 3],
        [3, 4],
        [6, 6],
        [2, 2.5],
      ]),
    ).toEqual([
      [1, 4],
      [5, 7],
    ]);
    expect(merged([])).toEqual([]);
  });

  it('are the same seconds as a list of single ones would be, for 500 arbitrary lists', () => {
    const next = numbers(7);
    const list = (): Interval[] =>
      Array.from({ length: next.next().value % 6 }, () => [next.next().value, next.next().value] as const);
    for (let round = 0; round < 500; round += 1) {
      const all = list();
      expect(seconds(merged(all))).toEqual(seconds(all));
      expect(merged(merged(all))).toEqual(merged(all));
    }
  });
});
