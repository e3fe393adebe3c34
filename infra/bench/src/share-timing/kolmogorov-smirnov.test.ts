import { describe, expect, it } from 'vitest';
import { sameDistribution } from './kolmogorov-smirnov.ts';

const uniform = (count: number, shift = 0) => Array.from({ length: count }, (_, i) => i / count + shift);

describe('the two-sample test of Kolmogorov and Smirnov', () => {
  it('finds no difference between a sample and itself', () => {
    expect(sameDistribution(uniform(1_000), uniform(1_000))).toBe(1);
    expect(sameDistribution([1, 1, 1, 2], [1, 1, 1, 2])).toBe(1);
  });

  it('knows the critical values of Smirnov’s table: 1.3581 √(2/n) for five in a hundred, 1.6276 √(2/n) for one', () => {
    const n = 20_000;
    const critical = 1.6276 * Math.sqrt(2 / n);
    expect(sameDistribution(uniform(n), uniform(n, critical))).toBeCloseTo(0.01, 3);
    expect(sameDistribution(uniform(n), uniform(n, 1.3581 * Math.sqrt(2 / n)))).toBeCloseTo(0.05, 2);
    expect(sameDistribution(uniform(n), uniform(n, critical * 1.5))).toBeLessThan(0.0001);
  });

  it('does not depend on order or on which is first', () => {
    const [a, b] = [uniform(300), uniform(200, 0.1)];
    expect(sameDistribution(b.toReversed(), a)).toBe(sameDistribution(a, b));
  });

  it('refuses an empty sample', () => {
    expect(() => sameDistribution([], [1])).toThrow(RangeError);
  });
});
