import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromLocalInput, toLocalInput } from './local-input.ts';

const sydney = 'Australia/Sydney';

test('a moment stands in the field as the clocks of the zone show it', () => {
  const at = new Date('2026-11-21T07:05:59Z');
  expect(toLocalInput(at, sydney)).toBe('2026-11-21T18:05');
  expect(toLocalInput(at, 'UTC')).toBe('2026-11-21T07:05');
  expect(toLocalInput(at, 'Asia/Kathmandu')).toBe('2026-11-21T12:50');
  expect(toLocalInput(new Date('2026-11-21T13:00:00Z'), sydney)).toBe('2026-11-22T00:00');
});

test('what is typed is a time of that zone, in summer and in winter', () => {
  expect(fromLocalInput('2026-11-21T18:05', sydney)?.toISOString()).toBe('2026-11-21T07:05:00.000Z');
  expect(fromLocalInput('2026-07-21T18:05', sydney)?.toISOString()).toBe('2026-07-21T08:05:00.000Z');
});

test('a time that clocks leave out is as far after the change, and one that they show twice is the first', () => {
  // On 4 October 2026 clocks go from 2:00 to 3:00, on 5 April 2026 from 3:00 back to 2:00.
  expect(fromLocalInput('2026-10-04T02:30', sydney)?.toISOString()).toBe('2026-10-03T16:30:00.000Z');
  expect(fromLocalInput('2026-04-05T02:30', sydney)?.toISOString()).toBe('2026-04-04T15:30:00.000Z');
});

test('an empty or half-filled field is no time', () => {
  for (const value of ['', '2026-11', 'tomorrow', '2026-13-01T00:00', '2026-11-21']) {
    expect(fromLocalInput(value, sydney)).toBeUndefined();
  }
});

test('every minute of every zone comes back from the field, but for the second of an hour that is shown twice', () => {
  const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const minute = fc.integer({ min: Date.UTC(2000, 0) / 60_000, max: Date.UTC(2040, 0) / 60_000 });
  fc.assert(
    fc.property(zone, minute, (name, minutes) => {
      const shown = toLocalInput(new Date(minutes * 60_000), name);
      const back = fromLocalInput(shown, name);
      expect(toLocalInput(back, name)).toBe(shown);
      expect(back?.getTime()).toBeLessThanOrEqual(minutes * 60_000);
    }),
    { numRuns: 300 },
  );
});
