import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell } from './cell.ts';

/** Reads one line as RFC 4180 has it. */
function readCsv(text: string): string[] {
  const cells: string[] = [];
  for (let rest = text; ; ) {
    const [all, quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))/.exec(rest) ?? [''];
    cells.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (rest.length === all.length) {
      return cells;
    }
    expect(rest[all.length]).toBe(',');
    rest = rest.slice(all.length + 1);
  }
}

const begin = fc.constantFrom('', ' ', '\t', '\r', '\n', '"', "'", '\u00a0', '\u200b', '\ufeff', '" ', " ' ");
const sign = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\uff1d', '\uff0b', '\uff0d', '\uff20');
const nasty = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .tuple(fc.array(begin, { maxLength: 4 }), sign, fc.string())
    .map(([before, one, after]) => before.join('') + one + after),
);

describe('a value of the table', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+61 2 5550', "'+61 2 5550"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    [' =1', "' =1"],
    ['"=1"', `"'""=1"""`],
    ["'=1", "''=1"],
    ['\t=1', `'\t=1`],
    ['\uff1dcmd', "'\uff1dcmd"],
    ['video.updated', 'video.updated'],
    ['a, "b"', '"a, ""b"""'],
    ['1=1', '1=1'],
    ['', ''],
  ])('%j is written %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('never begins, behind whatever spaces and quotes, with what a spreadsheet takes for a formula', () => {
    fc.assert(
      fc.property(nasty, (value) => {
        const [read] = readCsv(csvCell(value));
        const visible = read?.replace(/^[\s\p{Cf}"`]+/u, '') ?? '';
        expect(/^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(visible)).toBe(false);
        expect(/^[\t\r]/.test(read ?? '')).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('comes back as it was, but for that apostrophe', () => {
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 1 }), (values) => {
        const read = readCsv(values.map(csvCell).join(','));
        expect(read).toHaveLength(values.length);
        values.forEach((value, i) => {
          expect([value, `'${value}`]).toContain(read[i]);
        });
      }),
      { numRuns: 1_000 },
    );
  });
});
