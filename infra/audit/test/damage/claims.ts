import { type Damage, edit, line, raw, repaired, without } from './change.ts';

/** What is said of the file: that retention removed something, what the end counts, what the header tells. */
export const claimsDamaged: Damage[] = [
  // What retention has not removed.
  {
    what: 'a batch in the middle is said to be removed',
    file: repaired((lines) => [
      ...lines.slice(0, 8),
      '{"type":"removed","batch":2,"from":0,"to":3}',
      ...lines.slice(12),
    ]),
    names: { line: 9, batch: 2 },
    says: /after a batch that has some/,
  },
  {
    what: 'the first batch is said to be removed, though it is young',
    file: repaired((lines) => [
      ...lines.slice(0, 2),
      '{"type":"removed","batch":0,"from":0,"to":2}',
      ...lines.slice(5),
    ]),
    names: { line: 3, batch: 0 },
    says: /retention keeps 365 days/,
  },
  {
    what: 'a young entry is said to be removed',
    file: line(10, (_, log) =>
      JSON.stringify({ type: 'removed', batch: 2, index: 1, leaf: log.batches[2]?.leaves[1]?.toString('hex') }),
    ),
    names: { line: 10, batch: 2, index: 1 },
    says: /retention keeps 365 days/,
  },
  {
    what: 'a part of a batch is said to be removed without its leaves',
    file: repaired((lines) => [
      ...lines.slice(0, 2),
      '{"type":"removed","batch":0,"from":0,"to":1}',
      ...lines.slice(4),
    ]),
    names: { line: 3, batch: 0 },
    says: /only a whole batch/,
  },

  // The end and the header.
  {
    what: 'the end counts another batch',
    file: raw((file) => file.replace('"batches":5', '"batches":6')),
    names: { line: 21 },
    says: /counts 6 batches, 5/,
  },
  {
    what: 'the end counts fewer entries',
    file: raw((file) => file.replace('"entries":14,"removed"', '"entries":13,"removed"')),
    names: { line: 21 },
    says: /counts 13 entries, 14/,
  },
  {
    what: 'the end counts a removed entry',
    file: raw((file) => file.replace('"removed":0', '"removed":1')),
    names: { line: 21 },
    says: /counts 1 removed entries, 0/,
  },
  {
    what: 'the header names another reader',
    file: raw((file) => file.replace('user_grace', 'user_priya')),
    names: { line: 21 },
    says: /digest differs/,
  },
  {
    what: 'the header names another time',
    file: raw((file) => file.replace('"exported_at":"2026', '"exported_at":"2025')),
    names: { line: 21 },
    says: /digest differs/,
  },
  {
    what: 'the whole log claims to be a selection',
    file: edit(1, '"kind":"whole"', '"kind":"selection"'),
    names: { line: 2, batch: 0 },
    says: /,"path":` is expected/,
  },
  {
    what: 'the whole log has a filter',
    file: edit(1, '"filter":{}', '"filter":{"actor":"user_1"}'),
    names: { line: 1 },
    says: /has no filter/,
  },
  {
    what: 'the header has a key more',
    file: edit(1, '"kind"', '"extra":1,"kind"'),
    names: { line: 1 },
    says: /not the keys/,
  },
  { what: 'the header is missing', file: without(1), names: { line: 1, batch: 0 }, says: /not the keys/ },
  {
    what: 'the format is another',
    file: edit(1, 'audit-export/1', 'audit-export/2'),
    names: { line: 1 },
    says: /not of the format/,
  },
  {
    what: 'a key in the header claims an id that is not its own',
    file: edit(1, /\+[0-9a-f]{8}\+/, '+00000000+'),
    names: { line: 1 },
    says: /does not have the id that it claims/,
  },
];
