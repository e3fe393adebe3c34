import { describe, expect, it } from 'vitest';
import { duration } from '../strings/page.ts';
import { clockLength, momentInWords, remainingInWords } from './availability.ts';

const minutes = (value: number) => value * 60_000;
const hours = (value: number) => minutes(60 * value);

describe('the moment a link ends', () => {
  const moment = new Date('2026-11-27T06:00:00Z');
  it.each([
    ['Australia/Sydney', 'Friday 27 November 2026, 5:00 pm AEDT'],
    ['Australia/Brisbane', 'Friday 27 November 2026, 4:00 pm AEST'],
    ['Australia/Adelaide', 'Friday 27 November 2026, 4:30 pm ACDT'],
    ['Australia/Perth', 'Friday 27 November 2026, 2:00 pm AWST'],
    ['Europe/Berlin', 'Friday 27 November 2026, 7:00 am CET'],
    ['Asia/Kolkata', 'Friday 27 November 2026, 11:30 am IST'],
    ['America/Los_Angeles', 'Thursday 26 November 2026, 10:00 pm PST'],
    ['UTC', 'Friday 27 November 2026, 6:00 am UTC'],
  ])('is said in the zone of a viewer in %s', (zone, words) => {
    const said = momentInWords(moment, zone);
    // Outside Australia a browser may name the zone by its offset (GMT+1): either names the zone.
    expect(said.replace(/ (GMT[+-]\d+(:\d+)?|[A-Z]{2,5})$/, '')).toBe(words.replace(/ [A-Z]+$/, ''));
    expect(said).toMatch(
      zone.startsWith('Australia/') || zone === 'UTC' ? new RegExp(`${words}$`) : / [A-Z]+[+\-\d:]*$/,
    );
  });

  it('is noon and midnight as Australians write them', () => {
    expect(momentInWords(new Date('2026-07-01T02:00:00Z'), 'Australia/Sydney')).toBe(
      'Wednesday 1 July 2026, 12:00 pm AEST',
    );
    expect(momentInWords(new Date('2026-07-01T14:00:00Z'), 'Australia/Sydney')).toBe(
      'Thursday 2 July 2026, 12:00 am AEST',
    );
  });
});

describe('the time a link has left', () => {
  it.each([
    [0, 'for less than a minute'],
    [minutes(1) - 1, 'for less than a minute'],
    [minutes(1), 'for 1 more minute'],
    [hours(1) - 1, 'for 59 more minutes'],
    [hours(1), 'for 1 more hour'],
    [hours(47), 'for 47 more hours'],
    [hours(48), 'for 2 more days'],
    [hours(24 * 7) - 1, 'for 6 more days'],
    [hours(24 * 7), 'for 7 more days'],
  ])('%d ms are "%s", never more than is true', (ms, words) => {
    expect(remainingInWords(ms)).toBe(words);
  });
});

describe('the length of a video', () => {
  it.each([
    [0, '0:00', '0 seconds'],
    [9.6, '0:10', '10 seconds'],
    [61, '1:01', '1 minute 1 second'],
    [725, '12:05', '12 minutes 5 seconds'],
    [3725, '1:02:05', '1 hour 2 minutes 5 seconds'],
  ])('%d s is shown as %s and read as "%s"', (seconds, shown, read) => {
    expect(clockLength(seconds)).toBe(shown);
    expect(duration(seconds)).toBe(read);
  });
});
