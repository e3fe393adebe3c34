import { describe, expect, it } from 'vitest';
import { faultsOf, readJourneys, testsOf } from './journey-table.ts';

const row = (no: number, who = 'coach, admin, operator, auditor, compliance, viewer', test = 'a.spec.ts › walks') =>
  `| J-${String(no).padStart(2, '0')} | ${who} | does things | \`${test}\` | AD-01 |`;
const whole = Array.from({ length: 25 }, (_, index) => row(index + 1));
const listed = {
  suites: [
    {
      title: 'a.spec.ts',
      file: 'a.spec.ts',
      specs: [{ title: 'walks', file: 'a.spec.ts' }],
      suites: [{ title: 'a page', file: 'a.spec.ts', specs: [{ title: 'opens', file: 'a.spec.ts' }] }],
    },
  ],
};
const faults = (rows: readonly string[]) => faultsOf(readJourneys(rows.join('\n')), testsOf(listed));

describe('the table of critical journeys', () => {
  it('is right when each names a test, of a suite too', () => {
    expect(faults([...whole, row(26, 'viewer', 'a.spec.ts › a page › opens')])).toEqual([]);
  });

  it.each([
    [
      'a test that is gone',
      whole.with(3, row(4, 'coach', 'a.spec.ts › ran')),
      ['J-04 names no browser test: a.spec.ts › ran'],
    ],
    ['too few', whole.slice(1).map((_, index) => row(index + 1)), ['There are 24 journeys; 25 are wanted.']],
    ['a number twice', whole.with(3, row(3)), ['J-03 stands in place 4.']],
    ['nobody of a kind', whole.map((line) => line.replace(', auditor', '')), ['No journey is of the auditor.']],
    ['somebody unknown', whole.with(0, row(1, 'coach, stranger')), ['J-01 is of somebody unknown: coach, stranger']],
  ])('is wrong with %s', (_what, rows, expected) => {
    expect(faults(rows)).toEqual(expected);
  });
});
