import { describe, expect, it } from 'vitest';
import { joinPieces, percent, watchTime } from './measures.ts';

describe('a share', () => {
  it.each([
    [0, '0%'],
    [0.004, '0.4%'],
    [0.6312, '63%'],
    [0.996, '99.6%'],
    [1, '100%'],
  ])('of %d is %s', (share, words) => {
    expect(percent(share)).toBe(words);
  });
});

describe('a time watched', () => {
  it.each([
    [0, '0 s'],
    [0.4, '0 s'],
    [59.6, '1 min'],
    [200, '3 min 20 s'],
    [3600, '1 h'],
    [7503, '2 h 5 min'],
    [3_600_000, '1,000 h'],
  ])('of %d seconds is %s', (seconds, words) => {
    expect(watchTime(seconds)).toBe(words);
  });
});

describe('a curve in fewer pieces', () => {
  const curve = Array.from({ length: 10 }, (_, piece) => ({
    piece,
    from_seconds: piece,
    to_seconds: piece + 1,
    watched: piece / 10,
  }));

  it('covers the same without a gap, each piece the mean of its own', () => {
    const joined = joinPieces(curve, 5);
    expect(joined.map(({ from_seconds, to_seconds }) => [from_seconds, to_seconds])).toEqual([
      [0, 2],
      [2, 4],
      [4, 6],
      [6, 8],
      [8, 10],
    ]);
    joined.forEach(({ watched }, i) => {
      expect(watched).toBeCloseTo((4 * i + 1) / 20);
    });
  });

  it('of more pieces than there are stays as it is', () => {
    expect(joinPieces(curve, 40)).toHaveLength(10);
    expect(joinPieces([], 10)).toEqual([]);
  });
});
