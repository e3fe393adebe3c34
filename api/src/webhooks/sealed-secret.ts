import { createHmac, type KeyObject } from 'node:crypto';
import { openBytes, sealBytes } from '../keys/sealed-bytes.ts';
import type { ProviderName } from './delivery.ts';

const rowName = (provider: ProviderName, id: string): string => `webhook-secret ${provider} ${id}`;

/** The id of a secret: a keyed fingerprint, so that the same secret is known again and nothing of it can be guessed without the key. */
export const fingerprint = (provider: ProviderName, secret: Buffer, encryptionKey: KeyObject): string =>
  createHmac('sha256', encryptionKey).update(`webhook-secret ${provider} `).update(secret).digest('hex').slice(0, 16);

export const sealSecret = (provider: ProviderName, id: string, secret: Buffer, encryptionKey: KeyObject): Buffer =>
  sealBytes(secret, rowName(provider, id), encryptionKey);

/** @throws when it was sealed under another key, for another provider or id, or was changed. */
export const openSecret = (provider: ProviderName, id: string, sealed: Buffer, encryptionKey: KeyObject): Buffer =>
  openBytes(sealed, rowName(provider, id), encryptionKey);
