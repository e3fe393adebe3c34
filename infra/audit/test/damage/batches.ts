import { type Damage, edit, inOrder, range, repaired, without } from './change.ts';

/** Batches that were changed, moved or taken away. */
export const batchesDamaged: Damage[] = [
  {
    what: 'two batches were swapped',
    file: inOrder((n) => [...range(1, 5), 13, 14, ...range(8, 12), 6, 7, ...range(15, n)]),
    names: { line: 6, batch: 3 },
    says: /batch 1 is expected/,
  },
  {
    what: 'two batches were swapped and numbered anew',
    file: repaired((lines) =>
      [...range(1, 5), 13, 14, ...range(8, 12), 6, 7, ...range(15, lines.length)].map((number, i) => {
        const text = lines[number - 1] ?? '';
        if (i === 5) return text.replace('"no":3', '"no":1').replace('"entries":9', '"entries":4');
        return i === 6 ? text.replace('"batch":3', '"batch":1') : text;
      }),
    ),
    names: { line: 6, batch: 1 },
    says: /does not follow from batch 0/,
  },
  { what: 'a batch was deleted', file: without(13, 14), names: { line: 13, batch: 4 }, says: /batch 3 is expected/ },
  {
    what: 'the first batch was deleted',
    file: without(2, 5),
    names: { line: 2, batch: 1 },
    says: /batch 0 is expected/,
  },
  {
    what: 'the first batch claims another before it',
    file: edit(2, /"previous":"0/, '"previous":"1'),
    names: { line: 2, batch: 0 },
    says: /first batch has another before it/,
  },
  {
    what: 'the count of entries up to a batch was changed',
    file: edit(8, '"entries":8', '"entries":9'),
    names: { line: 8, batch: 2 },
    says: /end of 9 entries/,
  },
  {
    what: 'the size of a batch was changed',
    file: edit(8, '"size":4,"entries":8', '"size":5,"entries":9'),
    names: { line: 8, batch: 2 },
    says: /5 entries, of which 4/,
  },
  {
    what: 'the time of sealing was changed',
    file: edit(8, '04:05:07', '04:05:08'),
    names: { line: 13, batch: 3 },
    says: /does not follow from batch 2/,
  },
  {
    what: 'the time of the last sealing was changed',
    file: edit(15, '04:05:08', '04:05:09'),
    names: { line: 1 },
    says: /signs another log/,
  },
  {
    what: 'a batch claims to be empty',
    file: edit(8, '"size":4', '"size":0'),
    names: { line: 8, batch: 2 },
    says: /at least one entry/,
  },
];
