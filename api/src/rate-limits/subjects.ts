import { createHmac } from 'node:crypto';
import type { LimitKey } from './rules.ts';

/** Who asks for what. */
export interface Asker {
  /** Keyed hash of the address (`hashAddress`). */
  readonly addressHash: Buffer;
  /** The public id in the path, whatever its shape; undefined on a route without one. */
  readonly publicId: string | undefined;
  /** The subject of the session; undefined for a stranger. */
  readonly account: string | undefined;
}

/** Bytes of a hash that a key keeps: 128 bits tell all apart. */
const keptBytes = 16;

const shortened = (hash: Buffer): string => hash.subarray(0, keptBytes).toString('base64url');

/**
 * Under what a request is counted: keyed hashes, so that neither Redis nor whoever reads it learns an address, a link or an account. A
 * route that lacks what its rule is keyed by is a mistake of ours, and is counted by its address.
 */
export function subjectOf(key: LimitKey, asker: Asker, secret: string): string {
  const hashed = (kind: string, value: string) =>
    shortened(createHmac('sha256', secret).update(`${kind} ${value}`).digest());
  const address = () => shortened(asker.addressHash);
  switch (key) {
    case 'address':
      return address();
    case 'link':
      return asker.publicId === undefined ? address() : hashed('link', asker.publicId);
    case 'account':
      return asker.account === undefined ? address() : hashed('account', asker.account);
    case 'address+link':
      return asker.publicId === undefined ? address() : `${address()}.${hashed('link', asker.publicId)}`;
  }
}
