import { randomBytes, randomUUID } from 'node:crypto';

/**
 * An identifier that looks like the vendor's: base64 of random bytes in which `0`, `+` and `/` are written `00`, `01` and
 * `02`, so that it is letters and digits only (`zd01Pe2bNpYhxbrwYABgFE01twZdtv4M00kts2i02GhbGjc`).
 * 32 bytes make it unguessable.
 */
export function newMuxId(): string {
  return randomBytes(32)
    .toString('base64')
    .replace(/=+$/, '')
    .replace(/[0+/]/g, (character) => (character === '0' ? '00' : character === '+' ? '01' : '02'));
}

/** An identifier of a webhook event or of a playback restriction: a UUID, as at the vendor. */
export function newUuid(): string {
  return randomUUID();
}
