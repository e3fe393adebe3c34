import { createHash } from 'node:crypto';

const hashChildren = (left: Uint8Array, right: Uint8Array): Buffer =>
  createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest();

/** A size of the log and the root of its tree. */
export interface TreeHead {
  readonly size: number;
  readonly root: Buffer;
}

/**
 * Whether the log at `older` is the beginning of the log at `newer`: the algorithm of RFC 9162, section 2.1.4.2.
 * @param proof the consistency proof of RFC 6962, section 2.1.2; empty for equal sizes
 */
export function isConsistent(older: TreeHead, newer: TreeHead, proof: readonly Buffer[]): boolean {
  if (older.size < 1 || older.size > newer.size) {
    return false;
  }
  if (older.size === newer.size) {
    return proof.length === 0 && older.root.equals(newer.root);
  }
  let place = older.size - 1;
  let last = newer.size - 1;
  while (place % 2 === 1) {
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  // A size that is a power of two is a node of the newer tree itself, so its root stands for the first hash of the proof.
  const [first, ...rest] = place === 0 ? [older.root, ...proof] : proof;
  if (first === undefined) {
    return false;
  }
  let olderRoot = first;
  let newerRoot = first;
  for (const hash of rest) {
    if (last === 0) {
      return false;
    }
    if (place % 2 === 1 || place === last) {
      olderRoot = hashChildren(hash, olderRoot);
      newerRoot = hashChildren(hash, newerRoot);
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2);
        last = Math.floor(last / 2);
      }
    } else {
      newerRoot = hashChildren(newerRoot, hash);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && olderRoot.equals(older.root) && newerRoot.equals(newer.root);
}
