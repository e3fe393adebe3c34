import { describe, expect, it } from 'vitest';
import { budgetSpent, percentOfSuccess, percentSpent, successOf } from './ratios.ts';

describe('success and error budget of webhook events', () => {
  it('are not known before an event has ended', () => {
    expect(successOf(0, 0)).toBeNull();
    expect(budgetSpent(0, 0)).toBeNull();
  });

  it('half an event in a hundred is the whole budget', () => {
    expect(successOf(995, 5)).toBe(0.995);
    expect(budgetSpent(995, 5)).toBe(1);
    expect(budgetSpent(1000, 0)).toBe(0);
    expect(budgetSpent(99, 1)).toBeCloseTo(2);
  });

  it('are rounded to what is worse', () => {
    expect(percentOfSuccess(0.999_99)).toBe('99.99%');
    expect(percentOfSuccess(1)).toBe('100%');
    expect(percentSpent(0.001)).toBe('1%');
    expect(percentSpent(1)).toBe('100%');
    expect(percentSpent(0)).toBe('0%');
  });
});
