import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expiryAfter, expiryFault, presets } from './expiry.ts';
import { countdown, duration, exact, relative } from './format.ts';
import { fromLocalInput, toLocalInput } from './local-input.ts';

const now = new Date('2026-03-10T03:00:00Z');
const after = (ms: number) => new Date(now.getTime() + ms);
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const life = { minHours: 24, maxHours: 168 };

describe('relative times', () => {
  it.each([
    [-3 * hour, '3 hours ago'],
    [-20_000, 'just now'],
    [20_000, 'now'],
    [-day, 'yesterday'],
    [2 * day + 23 * hour, 'in 2 days'],
    [90 * minute, 'in 1 hour'],
  ])('%i ms from now is “%s”', (distance, expected) => {
    expect(relative(after(distance), now)).toBe(expected);
  });
});

describe('exact times', () => {
  it('name their zone, and are the zone’s own clock', () => {
    expect(exact(now, { zone: 'Australia/Brisbane' })).toMatch(/10 Mar 2026, 1:00\s?pm AEST/);
    expect(exact(now, { zone: 'UTC' })).toContain('UTC');
  });

  it('leave out the year only while it is the present one where the reader is', () => {
    const newYear = new Date('2025-12-31T13:30:00Z');
    expect(exact(newYear, { zone: 'Australia/Sydney', now })).not.toContain('2026');
    expect(exact(newYear, { zone: 'UTC', now })).toContain('2025');
  });
});

describe('a countdown', () => {
  it.each([
    [6 * day + 4 * hour + 59 * minute, '6 d 4 h'],
    [4 * hour + 12 * minute + 30_000, '4 h 12 min'],
    [59 * minute, '59 min'],
    [57_200, '58 s'],
    [0, undefined],
    [-1, undefined],
  ])('of %i ms reads %s', (left, expected) => {
    expect(countdown(after(left), now)).toBe(expected);
  });

  it('never promises more time than there is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 7 * day }), (left) => {
        const units = { d: day, h: hour, min: minute, s: 1000 };
        const shown = countdown(after(left), now) ?? '';
        const promised = [...shown.matchAll(/(\d+) (d|h|min|s)\b/g)].reduce(
          (sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units],
          0,
        );
        expect(promised).toBeLessThanOrEqual(left + 999);
      }),
    );
  });
});

it.each([
  [65, '1:05'],
  [3723, '1:02:03'],
  [9.6, '0:10'],
])('%d seconds of video are %s', (seconds, expected) => {
  expect(duration(seconds)).toBe(expected);
});

describe('the end of a share link', () => {
  it('chosen by a preset is still allowed when the request arrives half a minute later', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        fc.constantFrom(...presets(life)),
        fc.integer({ min: 0, max: 30_000 }),
        (chosenAt, hours, travel) => {
          const end = expiryAfter(hours, chosenAt, life);
          expect(expiryFault(end, new Date(chosenAt.getTime() + travel), life)).toBeUndefined();
        },
      ),
    );
  });

  it('must be at least 24 hours and at most 7 days away', () => {
    expect(expiryFault(after(24 * hour), now, life)).toBeUndefined();
    expect(expiryFault(after(24 * hour - 1), now, life)).toBe('tooSoon');
    expect(expiryFault(after(168 * hour), now, life)).toBeUndefined();
    expect(expiryFault(after(168 * hour + 1), now, life)).toBe('tooLate');
    expect(expiryFault(undefined, now, life)).toBe('missing');
  });

  it('offers no preset that the server’s rule would refuse', () => {
    expect(presets(life)).toEqual([24, 72, 168]);
    expect(presets({ minHours: 48, maxHours: 100 })).toEqual([72]);
  });
});

describe('a field for date and time', () => {
  it('gives back the minute it was given', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800 / 60 }), (minutes) => {
        const moment = new Date(minutes * minute);
        const back = fromLocalInput(toLocalInput(moment));
        // Where clocks are put back an hour happens twice, and the field cannot tell which one is meant.
        expect([0, hour, -hour]).toContain((back?.getTime() ?? Number.NaN) - moment.getTime());
      }),
    );
  });

  it('that is empty or half filled in holds no moment', () => {
    expect(fromLocalInput('')).toBeUndefined();
    expect(fromLocalInput('2026-13-')).toBeUndefined();
    expect(toLocalInput(undefined)).toBe('');
  });
});
