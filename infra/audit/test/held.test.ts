import { describe, expect, test } from 'vitest';
import { verifyExport } from '../audit-verify.ts';
import { resealed, SIZES, squat } from './damage/change.ts';
import { checkpointAt, fileOf, type Log, makeLog, makeSigner, selectionLines, wholeLines } from './genuine-log.ts';

const log = makeLog(SIZES);
const keys = [log.signer.verifierKey];
const held = (...notes: string[]) => notes.map((note, i) => ({ name: `note ${i}`, note }));
const verify = (lines: string[], notes: string[]) =>
  verifyExport([Buffer.from(fileOf(lines))], { keys, held: held(...notes) });

/** The whole log made anew by somebody who has the true signing key. */
const rewritten: Log = resealed(log, (texts) => texts.map(squat));
const shorter: Log = { ...log, batches: log.batches.slice(0, 3) };

describe('a checkpoint that was saved before', () => {
  test('is contained in the log, whatever its size', () => {
    const notes = [1, 2, 3, 4, 5].map((size) => checkpointAt(log, size));
    expect(verify(wholeLines(log), notes)).toMatchObject({ ok: true, compared: 5 });
  });

  test('finds a log that was made anew with the true key', () => {
    expect(verify(wholeLines(rewritten), []).ok).toBe(true);
    expect(verify(wholeLines(rewritten), [checkpointAt(log, 2)]).ok).toBe(true);
    expect(
      verify(wholeLines(rewritten), [checkpointAt(log, 2), checkpointAt(log, 4), checkpointAt(log, 3)]).problem,
    ).toMatchObject({
      line: 8,
      batch: 2,
      message: expect.stringMatching(/not the log whose checkpoint of size 3 you hold \(note 2,/),
    });
    expect(verify(wholeLines(rewritten), [checkpointAt(log)]).problem).toMatchObject({ line: 1, batch: 4 });
  });

  test('finds a log whose tail was cut off and whose checkpoint is an old one', () => {
    expect(verify(wholeLines(shorter), []).ok).toBe(true);
    expect(verify(wholeLines(shorter), [checkpointAt(log, 4)]).problem).toEqual({
      line: 1,
      message: "the export's checkpoint, of size 3, is older than one you hold, of size 4 (note 0)",
    });
  });

  test('has to be signed by a trusted key', () => {
    const foreign = { ...log, signer: makeSigner(log.signer.origin) };
    expect(verify(wholeLines(log), [checkpointAt(log, 2), checkpointAt(foreign, 2)]).problem).toMatchObject({
      message: expect.stringMatching(/^note 1: .*not signed by a trusted key/),
    });
  });

  test('has to be a checkpoint', () => {
    for (const note of ['', 'x\n', checkpointAt(log).slice(0, -1), `${checkpointAt(log)}\n`]) {
      expect(verify(wholeLines(log), [note])).toMatchObject({
        ok: false,
        problem: { message: expect.stringMatching(/^note 0: /) },
      });
    }
  });

  test('of the same size speaks for a selection, an older one does not, a newer one speaks against it', () => {
    const chosen = (one: Log) => selectionLines(one, (text) => text.includes('"user_1"'));
    expect(verify(chosen(log), [checkpointAt(log, 5), checkpointAt(log, 2)])).toMatchObject({ ok: true, compared: 1 });
    expect(verify(chosen(rewritten), [checkpointAt(log, 5)]).problem?.message).toMatch(/not the log whose checkpoint/);
    expect(verify(chosen(shorter), [checkpointAt(log, 4)]).problem?.message).toMatch(/older than one you hold/);
  });
});
