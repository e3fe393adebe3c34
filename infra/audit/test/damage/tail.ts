import { type Damage, raw, without } from './change.ts';

/** Files that end too early, or too late to be true. */
export const tailsDamaged: Damage[] = [
  {
    what: 'the end was cut off',
    file: raw((file) => file.slice(0, file.lastIndexOf('{"type":"end"'))),
    names: { line: 21, batch: 4 },
    says: /no line of the end/,
  },
  {
    what: 'the last batches were cut off, and the end',
    file: raw((file) => file.slice(0, file.indexOf('{"type":"batch","no":3'))),
    names: { line: 13, batch: 2 },
    says: /no line of the end/,
  },
  {
    what: 'the last batch was cut off, and the end made right',
    file: without(15, 20),
    names: { line: 15 },
    says: /covers 5 batches, of which 4/,
  },
  {
    what: 'the last entries were cut off, and the end made right',
    file: without(18, 20),
    names: { line: 15, batch: 4 },
    says: /5 entries, of which 2/,
  },
  {
    what: 'all batches were cut off, and the end made right',
    file: without(2, 20),
    names: { line: 2 },
    says: /covers 5 batches, of which 0/,
  },
  {
    what: 'the file ends in the middle of a line',
    file: raw((file) => file.slice(0, file.indexOf('"index":2,"leaf"', file.indexOf('"no":2')))),
    names: { line: 11, batch: 2 },
    says: /in the middle of a line/,
  },
  {
    what: 'the last newline is missing',
    file: raw((file) => file.slice(0, -1)),
    names: { line: 21, batch: 4 },
    says: /in the middle of a line/,
  },
  { what: 'the file is empty', file: () => '', names: { line: 1 }, says: /empty/ },
];
