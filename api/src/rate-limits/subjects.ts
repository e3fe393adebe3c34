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
 * Under what a request is counted: keyed hashes, so that neither Redis nor whoever reads it learns an address, a link or an account. Each is
 * worked out once, however many rules ask for it. A route that lacks what its rule is keyed by is a mistake of ours, and is counted by its
 * address.
 */
export function subjectsOf({ addressHash, publicId, account }: Asker, secret: string): (key: LimitKey) => string {
  const hashed = (kind: string, value: string) =>
    shortened(createHmac('sha256', secret).update(`${kind} ${value}`).digest());
  const address = shortened(addressHash);
  let link: string | undefined;
  const linkOf = (id: string): string => {
    link ??= hashed('link', id);
    return link;
  };
  return (key) => {
    switch (key) {
      case 'address':
        return address;
      case 'link':
        return publicId === undefined ? address : linkOf(publicId);
      case 'account':
        return account === undefined ? address : hashed('account', account);
      case 'address+link':
        return publicId === undefined ? address : `${address}.${linkOf(publicId)}`;
    }
  };
}
