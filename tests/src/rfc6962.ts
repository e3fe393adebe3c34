import { createHash } from 'node:crypto';

export const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const node = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.of(1), left, right);

function splitPoint(leaves: number): number {
  let split = 1;
  while (split * 2 < leaves) split *= 2;
  return split;
}

/** The definition of RFC 6962, 2.1, word by word: split at the largest power of two below the number of leaves. */
export function treeHash(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves;
  if (first === undefined) throw new Error('There is no tree of no leaves here.');
  if (leaves.length === 1) return first;
  const split = splitPoint(leaves.length);
  return node(treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)));
}

/** PATH(m, D[n]) of section 2.1.1. */
export function inclusionPath(place: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  const split = splitPoint(leaves.length);
  return place < split
    ? [...inclusionPath(place, leaves.slice(0, split)), treeHash(leaves.slice(split))]
    : [...inclusionPath(place - split, leaves.slice(split)), treeHash(leaves.slice(0, split))];
}

/** SUBPROOF(m, D[n], b) of section 2.1.2; with b true it is PROOF(m, D[n]). */
export function consistencyProof(size: number, leaves: readonly Buffer[], isKnown = true): Buffer[] {
  if (size === leaves.length) return isKnown ? [] : [treeHash(leaves)];
  const split = splitPoint(leaves.length);
  return size <= split
    ? [...consistencyProof(size, leaves.slice(0, split), isKnown), treeHash(leaves.slice(split))]
    : [...consistencyProof(size - split, leaves.slice(split), false), treeHash(leaves.slice(0, split))];
}
