import { describe, expect, test } from 'vitest';
import { type Options, verifyExport } from '../audit-verify.ts';
import { SIZES } from './damage/change.ts';
import { damages } from './damage/index.ts';
import { BEGIN, checkpointAt, fileOf, makeLog, makeSigner, timeAt, wholeLines } from './genuine-log.ts';

const log = makeLog(SIZES);
const keys = [log.signer.verifierKey];
const verify = (file: string | Buffer, options: Options = { keys }) => verifyExport([Buffer.from(file)], options);
const days = (count: number) => timeAt(BEGIN + count * 24 * 60 * 60 * 1000);

describe('a damaged export is not proven, and the row is named', () => {
  test.for(damages)('$what', ({ file, names, says }) => {
    const { ok, problem } = verify(file(log));
    expect(ok).toBe(false);
    const { message, entry: _entry, ...where } = problem ?? { message: '' };
    expect(message).toMatch(says);
    expect(where).toEqual(names);
  });

  test('the entry is named by its id, too', () => {
    const lines = wholeLines(log);
    const id = /"id": "([^"]+)"/.exec(lines[10] ?? '')?.[1];
    const { problem } = verify(fileOf(lines.filter((_, i) => i !== 9)));
    expect(problem).toMatchObject({ line: 10, batch: 2, index: 2, entry: id });
  });
});

describe('a genuine export', () => {
  const whole = { kind: 'whole', entries: 14, batches: 5, removed: 0, checkpoint: { size: 5 } };

  test('is proven with the key', () => {
    expect(verify(fileOf(wholeLines(log)))).toMatchObject({ ok: true, trusted: true, ...whole });
  });

  test('agrees with its own key, by which the signer is not proven', () => {
    expect(verify(fileOf(wholeLines(log)), {})).toMatchObject({ ok: true, trusted: false, ...whole });
  });

  test('is not proven with the key of somebody else', () => {
    const { ok, trusted, problem } = verify(fileOf(wholeLines(log)), { keys: [makeSigner().verifierKey] });
    expect({ ok, trusted }).toEqual({ ok: false, trusted: false });
    expect(problem).toMatchObject({ line: 1, message: expect.stringMatching(/not signed by a trusted key/) });
  });

  test('is proven with one key of several, as after a change of keys', () => {
    const file = fileOf(wholeLines(log, { keys: [makeSigner().verifierKey, ...keys] }));
    expect(verify(file, { keys: [makeSigner().verifierKey, ...keys] })).toMatchObject({ ok: true, trusted: true });
  });

  test.for([1, 2, 7, 64, 1000, 4096])('is proven in pieces of %i bytes, between which characters are cut', (size) => {
    const bytes = Buffer.from(fileOf(wholeLines(log)));
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      Buffer.from(bytes.subarray(i * size, (i + 1) * size)),
    );
    expect(verifyExport(pieces, { keys })).toMatchObject({ ok: true, ...whole });
  });

  test.for(Array.from({ length: 40 }, (_, i) => i + 1))('is proven with %i batches, of as many entries', (count) => {
    const sizes = Array.from({ length: count }, (_, i) => (i === 0 ? count : 1));
    const other = makeLog(sizes);
    expect(verify(fileOf(wholeLines(other)), { keys: [other.signer.verifierKey] })).toMatchObject({
      ok: true,
      batches: count,
    });
  });
});

describe('what retention removed', () => {
  const old = {
    checkpoint: checkpointAt(log, 5, days(370)),
    removedBefore: 2,
    isRemoved: (no: number, i: number) => no === 2 && i !== 3,
  };

  test('is counted, and the rest is proven', () => {
    const outcome = verify(fileOf(wholeLines(log, old)));
    expect(outcome).toMatchObject({
      ok: true,
      entries: 7,
      batches: 5,
      removed: 7,
      removedUntil: log.batches[2]?.sealedAt,
    });
  });

  test('cannot be another leaf', () => {
    const lines = wholeLines(log, old).map((line) =>
      line.replace(/"index":0,"leaf":"\w{64}"/, `"index":0,"leaf":"${'a'.repeat(64)}"`),
    );
    expect(verify(fileOf(lines)).problem).toMatchObject({
      batch: 2,
      message: expect.stringMatching(/not the one that was sealed/),
    });
  });

  test('is 364 days old at least, unless told otherwise', () => {
    const at = (count: number) => fileOf(wholeLines(log, { ...old, checkpoint: checkpointAt(log, 5, days(count)) }));
    expect(verify(at(363)).problem).toMatchObject({
      line: 3,
      batch: 0,
      message: expect.stringMatching(/retention keeps 365 days/),
    });
    expect(verify(at(365)).ok).toBe(true);
    expect(verify(at(100), { keys, retentionDays: 90 }).ok).toBe(true);
    expect(verify(at(1000), { keys, retentionDays: 1100 }).ok).toBe(false);
  });

  test('may be everything', () => {
    expect(verify(fileOf(wholeLines(log, { ...old, removedBefore: 5 })))).toMatchObject({
      ok: true,
      entries: 0,
      removed: 14,
    });
  });
});
