import { describe, expect, test } from 'vitest';
import { verifyConsistency } from '../audit-verify.ts';
import { resealed, SIZES, squat } from './damage/change.ts';
import { checkpointAt, consistencyProof, type Log, makeLog, makeSigner } from './genuine-log.ts';

const log = makeLog(Array.from({ length: 24 }, () => 1));
const keys = [log.signer.verifierKey];
const proofOf = (one: Log, from: number, to: number) =>
  consistencyProof(
    from,
    one.batches.slice(0, to).map(({ hash }) => hash),
  ).map((hash) => hash.toString('hex'));
const verify = (from: string, to: string, proof: unknown, trusted = keys) =>
  verifyConsistency({ name: 'old', note: from }, { name: 'new', note: to }, JSON.stringify(proof), trusted);
const verifySizes = (from: number, to: number, proof: string[]) =>
  verify(checkpointAt(log, from), checkpointAt(log, to), { from, to, proof });

describe('a proof of consistency', { timeout: 60_000 }, () => {
  test('is accepted between any two sizes, and with one hash changed, missing or more it is not', () => {
    for (let to = 1; to <= 24; to += 1) {
      for (let from = 1; from <= to; from += 1) {
        const proof = proofOf(log, from, to);
        expect(verifySizes(from, to, proof)).toMatchObject({
          ok: true,
          kind: 'consistency',
          batches: to,
          checkpoint: { size: to },
        });
        expect(verifySizes(from, to, [...proof, 'a'.repeat(64)]).ok).toBe(false);
        proof.forEach((_, i) => {
          expect(verifySizes(from, to, proof.with(i, 'a'.repeat(64))).ok).toBe(false);
          expect(verifySizes(from, to, proof.toSpliced(i, 1)).ok).toBe(false);
        });
      }
    }
  });

  test('does not exist for a log whose beginning was made anew with the true key', () => {
    const genuine = makeLog(SIZES, log.signer);
    const forged = resealed(genuine, (texts) => texts.map(squat));
    for (const one of [genuine, forged]) {
      const answer = verify(checkpointAt(genuine, 3), checkpointAt(forged, 5), {
        from: 3,
        to: 5,
        proof: proofOf(one, 3, 5),
      });
      expect(answer.problem?.message).toMatch(/not the beginning of the newer/);
    }
  });

  test.for<[string, () => ReturnType<typeof verify>, RegExp]>([
    [
      'by a foreign key',
      () => verify(checkpointAt(log, 2), checkpointAt(log, 3), {}, [makeSigner().verifierKey]),
      /^old: .*trusted key/,
    ],
    ['in the wrong order', () => verify(checkpointAt(log, 3), checkpointAt(log, 2), {}), /new is older than old/],
    [
      'of other sizes',
      () => verify(checkpointAt(log, 2), checkpointAt(log, 4), { from: 2, to: 3, proof: proofOf(log, 2, 3) }),
      /not one from 2 to 4/,
    ],
    ['that is null', () => verify(checkpointAt(log, 2), checkpointAt(log, 4), null), /not one from 2 to 4/],
    [
      'of something else than hashes',
      () => verify(checkpointAt(log, 2), checkpointAt(log, 4), { from: 2, to: 4, proof: [1] }),
      /not one from/,
    ],
    ['with a note that is none', () => verify('x', checkpointAt(log, 4), {}), /^old: the checkpoint is not written/],
  ])('%s is refused', ([, answer, says]) => {
    expect(answer()).toMatchObject({ ok: false, trusted: false, problem: { message: expect.stringMatching(says) } });
  });
});
