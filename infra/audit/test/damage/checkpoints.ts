import { checkpointAt, fileOf, headerLine, signNote, treeHash, wholeLines } from '../genuine-log.ts';
import { type Damage, edit, line } from './change.ts';

/** Checkpoints that are of another log or were changed. */
export const checkpointsDamaged: Damage[] = [
  {
    what: 'an older checkpoint was put back',
    file: (log) => fileOf(wholeLines(log, { checkpoint: checkpointAt(log, 3) })),
    names: { line: 13, batch: 3 },
    says: /checkpoint covers 3 batches/,
  },
  {
    what: 'the newer checkpoint of a longer log was put in',
    file: (log) => fileOf(wholeLines({ ...log, batches: log.batches.slice(0, 4) }, { checkpoint: checkpointAt(log) })),
    names: { line: 15 },
    says: /covers 5 batches, of which 4/,
  },
  {
    what: "the checkpoint's count of entries was changed",
    file: edit(1, 'entries 14', 'entries 15'),
    names: { line: 1 },
    says: /signature .* is wrong/,
  },
  {
    what: "the checkpoint's size was changed",
    file: edit(1, /audit\\n5\\n/, 'audit\\n6\\n'),
    names: { line: 1 },
    says: /signature .* is wrong/,
  },
  {
    what: "the checkpoint's time was changed",
    file: edit(1, 'time 2026', 'time 2027'),
    names: { line: 1 },
    says: /signature .* is wrong/,
  },
  {
    what: "the checkpoint's root was changed",
    file: line(1, (_, log) => {
      const root = treeHash(log.batches.slice(0, 4).map(({ hash }) => hash)).toString('base64');
      return headerLine(log, 'whole', { checkpoint: checkpointAt(log).replace(/\n[\w+/]{43}=\n/, `\n${root}\n`) });
    }),
    names: { line: 1 },
    says: /signature .* is wrong/,
  },
  {
    what: "the checkpoint's signature was taken away",
    file: edit(1, /\\n— [^"]*"/, '\\n"'),
    names: { line: 1 },
    says: /has no signature/,
  },
  {
    what: 'the checkpoint is of another log, by a key of the same hand',
    file: (log) => fileOf(wholeLines({ ...log, signer: { ...log.signer, origin: 'other.example/audit' } })),
    names: { line: 1 },
    says: /not signed by a trusted key/,
  },
  {
    what: 'a checkpoint was signed that counts other entries than its batches',
    file: (log) => {
      const text = `${checkpointAt(log).split('\n\n')[0]?.replace('entries 14', 'entries 13')}\n`;
      return fileOf(wholeLines(log, { checkpoint: signNote(text, log.signer) }));
    },
    names: { line: 15, batch: 4 },
    says: /end of 14 entries, the checkpoint of 13/,
  },
];
