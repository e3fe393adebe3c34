import { type Damage, edit, inserted, raw } from './change.ts';

/** Lines that are written in another way than the one. */
export const writingDamaged: Damage[] = [
  {
    what: 'line ends are of another system',
    file: raw((file) => file.replaceAll('\n', '\r\n')),
    names: { line: 1 },
    says: /carriage return/,
  },
  {
    what: 'a byte order mark was put in front',
    file: raw((file) => `\uFEFF${file}`),
    names: { line: 1 },
    says: /not the header/,
  },
  {
    what: 'something follows the end',
    file: raw((file) => `${file}{"type":"entry"}\n`),
    names: { line: 22 },
    says: /follows the end/,
  },
  {
    what: 'an empty line follows the end',
    file: raw((file) => `${file}\n`),
    names: { line: 22 },
    says: /follows the end/,
  },
  {
    what: 'half a line follows the end',
    file: raw((file) => `${file}x`),
    names: { line: 22, batch: 4 },
    says: /follows the end/,
  },
  {
    what: 'the end stands twice',
    file: raw((file) => file + file.slice(file.lastIndexOf('{"type":"end"'))),
    names: { line: 22 },
    says: /follows the end/,
  },
  {
    what: 'an empty line stands between',
    file: inserted(7, () => ''),
    names: { line: 8 },
    says: /not one of an export/,
  },
  {
    what: 'a line is of no known type',
    file: edit(10, '"type":"entry"', '"type":"remark"'),
    names: { line: 10 },
    says: /not one of an export/,
  },
  {
    what: 'keys of a line are in another order',
    file: edit(10, '"batch":2,"index":1', '"index":1,"batch":2'),
    names: { line: 10 },
    says: /not one of an export/,
  },
  {
    what: 'a space stands between keys of a line',
    file: edit(10, ',"index"', ', "index"'),
    names: { line: 10, batch: 2 },
    says: /,"index":` is expected at byte 26/,
  },
  {
    what: 'a number has a leading zero',
    file: edit(10, '"index":1', '"index":01'),
    names: { line: 10, batch: 2, index: 1 },
    says: /whole number is expected/,
  },
  {
    what: 'a number is beyond counting',
    file: edit(2, '"size":3', '"size":3000000000000000'),
    names: { line: 2, batch: 0 },
    says: /whole number is expected/,
  },
  {
    what: 'a hash is in capitals',
    file: edit(8, /"root":"\w+"/, `"root":"${'A'.repeat(64)}"`),
    names: { line: 8, batch: 2 },
    says: /a hash is expected/,
  },
  {
    what: 'a time is not in the calendar',
    file: edit(8, '2026-11-21', '2026-11-31'),
    names: { line: 8, batch: 2 },
    says: /a time is expected/,
  },
  {
    what: 'a line is longer than any',
    file: edit(10, 'Squat', 'Squat'.repeat(4_000_000)),
    names: { line: 10, batch: 2, index: 1 },
    says: /longer than 16 MiB/,
  },
  {
    what: 'a line is not UTF-8',
    file: raw((file) => {
      const bytes = Buffer.from(file);
      bytes[bytes.indexOf('ß', bytes.indexOf('"batch":2,"index":1'))] = 0xff;
      return bytes;
    }),
    names: { line: 10, batch: 2, index: 1 },
    says: /not UTF-8/,
  },
];
