import { checkpointAt, entryLine, fileOf, jsonb, makeSigner, sampleEntry, wholeLines } from '../genuine-log.ts';
import {
  type Damage,
  edit,
  inOrder,
  inserted,
  line,
  range,
  repaired,
  resealed,
  second,
  squat,
  textOf,
  without,
} from './change.ts';

/** Entries that were changed, added, removed or moved. */
export const entriesDamaged: Damage[] = [
  {
    what: 'a value was changed',
    file: edit(10, 'Squat', 'Lunge'),
    names: { line: 10, batch: 2, index: 1 },
    says: /not the one that was sealed/,
  },
  {
    what: 'a value was changed, and its leaf with it',
    file: line(10, (_, log) => entryLine(2, 1, squat(textOf(log, 2, 1)))),
    names: { line: 8, batch: 2 },
    says: /not the one that was sealed/,
  },
  {
    what: 'a leaf was changed',
    file: edit(10, /"leaf":"\w{64}"/, `"leaf":"${'b'.repeat(64)}"`),
    names: { line: 10, batch: 2, index: 1 },
    says: /not the one that was sealed/,
  },
  {
    what: 'a value was changed, and the root of its batch with it',
    file: repaired((lines, log) => {
      const { root } = resealed(log, second(squat)).batches[2] ?? {};
      return lines.map((text, i) =>
        i === 9
          ? entryLine(2, 1, squat(textOf(log, 2, 1)))
          : i === 7
            ? text.replace(/"root":"\w+"/, `"root":"${root?.toString('hex')}"`)
            : text,
      );
    }),
    names: { line: 13, batch: 3 },
    says: /does not follow from batch 2/,
  },
  {
    what: 'a value was changed, and every hash after it',
    file: (log) => fileOf(wholeLines(resealed(log, second(squat)), { checkpoint: checkpointAt(log) })),
    names: { line: 1 },
    says: /signs another log/,
  },
  {
    what: 'everything after a row was made anew with another key',
    file: (log) => fileOf(wholeLines(resealed(log, second(squat), makeSigner(log.signer.origin)))),
    names: { line: 1 },
    says: /not signed by a trusted key/,
  },
  {
    what: 'everything after a row was made anew with another key, which claims the id of the true one',
    file: (log) => {
      const { keyId, verifierKey } = log.signer;
      return fileOf(wholeLines(resealed(log, second(squat), { ...makeSigner(log.signer.origin), keyId, verifierKey })));
    },
    names: { line: 1 },
    says: /the signature of the checkpoint .* is wrong/,
  },
  {
    what: 'an entry was deleted',
    file: without(10),
    names: { line: 10, batch: 2, index: 2 },
    says: /index 1 is expected/,
  },
  {
    what: 'the last entry of a batch was deleted',
    file: without(12),
    names: { line: 8, batch: 2 },
    says: /4 entries, of which 3/,
  },
  {
    what: 'an entry was deleted, the others numbered anew and the size made right',
    file: repaired((lines) =>
      lines
        .filter((_, i) => i !== 9)
        .map((text, i) => (i === 7 ? text.replace('"size":4,"entries":8', '"size":3,"entries":7') : text))
        .map((text, i) => (i === 9 || i === 10 ? text.replace(/"index":\d/, `"index":${i - 8}`) : text)),
    ),
    names: { line: 8, batch: 2 },
    says: /not the one that was sealed/,
  },
  {
    what: 'an entry was put in between',
    file: inserted(10, () => entryLine(2, 2, jsonb(sampleEntry(999)))),
    names: { line: 12, batch: 2, index: 2 },
    says: /index 3 is expected/,
  },
  {
    what: 'an entry was put after the last of its batch',
    file: inserted(12, () => entryLine(2, 4, jsonb(sampleEntry(999)))),
    names: { line: 13, batch: 2, index: 4 },
    says: /batch 2 has 4 entries/,
  },
  {
    what: 'an entry was put before the first batch',
    file: inserted(1, (log) => entryLine(0, 0, textOf(log, 0, 0))),
    names: { line: 2, batch: 0, index: 0 },
    says: /no batch before/,
  },
  {
    what: 'an entry stands twice',
    file: inserted(10, (log) => entryLine(2, 1, textOf(log, 2, 1))),
    names: { line: 11, batch: 2, index: 1 },
    says: /index 2 is expected/,
  },
  {
    what: 'an entry took the place of another',
    file: line(11, (_, log) => entryLine(2, 2, textOf(log, 2, 1))),
    names: { line: 11, batch: 2, index: 2 },
    says: /id of the entry has been there/,
  },
  {
    what: 'the same entry was sealed twice by the one who signs',
    file: (log) => fileOf(wholeLines(resealed(log, (texts) => [...texts.slice(0, 3), textOf(log, 0, 2)]))),
    names: { line: 12, batch: 2, index: 3 },
    says: /id of the entry has been there/,
  },
  {
    what: 'two entries were swapped',
    file: inOrder((n) => [...range(1, 9), 11, 10, ...range(12, n)]),
    names: { line: 10, batch: 2, index: 2 },
    says: /index 1 is expected/,
  },
  {
    what: 'two entries were swapped and numbered anew',
    file: repaired((lines, log) =>
      lines.map((text, i) => (i === 9 || i === 10 ? entryLine(2, i - 8, textOf(log, 2, 11 - i)) : text)),
    ),
    names: { line: 8, batch: 2 },
    says: /not the one that was sealed/,
  },
  {
    what: 'entries of two batches were swapped',
    file: repaired((lines, log) =>
      lines.map((text, i) =>
        i === 6 ? entryLine(1, 0, textOf(log, 3, 0)) : i === 13 ? entryLine(3, 0, textOf(log, 1, 0)) : text,
      ),
    ),
    names: { line: 6, batch: 1 },
    says: /not the one that was sealed/,
  },
  {
    what: 'an entry was moved to another batch',
    file: edit(10, '"batch":2', '"batch":1'),
    names: { line: 10, batch: 1, index: 1 },
    says: /of batch 1 and stands in batch 2/,
  },
];
