import { createHash } from 'node:crypto';
import { consistencyProof, treeHash } from '@mm/tests';
import { describe, expect, it } from 'vitest';
import { isConsistent } from './consistency.ts';

const largest = 70;
const leaves = Array.from({ length: largest }, (_, i) => createHash('sha256').update(`leaf ${i}`).digest());
const headOf = (size: number) => ({ size, root: treeHash(leaves.slice(0, size)) });
const heads = leaves.map((_, i) => headOf(i + 1));
const flip = (hash: Buffer): Buffer => Buffer.from(hash.map((byte, i) => (i === 9 ? byte ^ 1 : byte)));

describe('a log that has grown', () => {
  it('is known by the proof of RFC 6962, between every two sizes', () => {
    for (const older of heads) {
      for (const newer of heads.slice(older.size - 1)) {
        const proof = consistencyProof(older.size, leaves.slice(0, newer.size));
        expect(isConsistent(older, newer, proof)).toBe(true);
      }
    }
  });

  it('is not taken for one when a root, a hash of the proof, or the number of hashes is another', () => {
    for (const older of heads) {
      for (const newer of heads.slice(older.size)) {
        const proof = consistencyProof(older.size, leaves.slice(0, newer.size));
        expect(isConsistent({ ...older, root: flip(older.root) }, newer, proof)).toBe(false);
        expect(isConsistent(older, { ...newer, root: flip(newer.root) }, proof)).toBe(false);
        expect(isConsistent(older, newer, proof.slice(1))).toBe(false);
        expect(isConsistent(older, newer, [...proof, older.root])).toBe(false);
        proof.forEach((hash, i) => {
          expect(isConsistent(older, newer, proof.with(i, flip(hash)))).toBe(false);
        });
      }
    }
  });

  it('is neither shorter nor empty, and of one size there is one root', () => {
    expect(isConsistent(headOf(9), headOf(8), [])).toBe(false);
    expect(isConsistent({ size: 0, root: Buffer.alloc(32) }, headOf(8), [])).toBe(false);
    expect(isConsistent(headOf(8), headOf(8), [])).toBe(true);
    expect(isConsistent({ ...headOf(8), root: flip(headOf(8).root) }, headOf(8), [])).toBe(false);
  });
});
