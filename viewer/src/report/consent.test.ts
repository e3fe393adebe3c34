import { expect, it } from 'vitest';
import { keptInMemory } from '../lib/kept-in-memory.fixture.ts';
import { chooseMeasure, measureChoice } from './consent.ts';
import { jurisdictionOf } from './notice.ts';

const now = Date.parse('2026-11-20T00:00:00Z');

it('an answer about measuring is kept for a year, and can be changed', () => {
  const keeping = keptInMemory();
  expect(measureChoice(keeping, now)).toBeNull();
  for (const measure of [true, false]) {
    chooseMeasure(keeping, measure, now);
    expect(measureChoice(keeping, now + 364 * 86_400_000)).toBe(measure);
    expect(measureChoice(keeping, now + 365 * 86_400_000)).toBeNull();
  }
});

it('an answer holds for the page where the browser keeps nothing', () => {
  const keeping = { ...keptInMemory(), set: () => undefined };
  chooseMeasure(keeping, true, now);
  expect(measureChoice(keeping, now)).toBe(true);
  chooseMeasure(keeping, false, now);
  expect(measureChoice(keeping, now)).toBe(false);
});

it.each([
  ['Australia/Sydney', 'AU'],
  ['America/New_York', 'US'],
  ['Europe/Vienna', 'EU'],
  ['Pacific/Auckland', 'AU'],
])('in %s the notice for %s is shown', (zone, jurisdiction) => {
  expect(jurisdictionOf(zone)).toBe(jurisdiction);
});
