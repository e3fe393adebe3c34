import { createPrivateKey, type KeyObject } from 'node:crypto';
import { openBytes, sealBytes } from '../keys/sealed-bytes.ts';

/** Encrypts a private key, as PKCS #8 DER, for the row of its id. */
export const sealKey = (key: KeyObject, id: string, encryptionKey: KeyObject): Buffer =>
  sealBytes(key.export({ format: 'der', type: 'pkcs8' }), id, encryptionKey);

/** @throws when it was sealed under another key or for another id, or was changed. */
export const openKey = (sealed: Buffer, id: string, encryptionKey: KeyObject): KeyObject =>
  createPrivateKey({ key: openBytes(sealed, id, encryptionKey), format: 'der', type: 'pkcs8' });
