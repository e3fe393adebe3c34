import { createSecretKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openKey, sealKey } from './sealed-key.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const encryptionKey = createSecretKey(randomBytes(32));

describe('a sealed private key', () => {
  it('opens under the key it was sealed with, for its own id', () => {
    expect(openKey(sealKey(privateKey, 'key-1', encryptionKey), 'key-1', encryptionKey).equals(privateKey)).toBe(true);
  });

  it('opens neither under another key nor for another id', () => {
    const sealed = sealKey(privateKey, 'key-1', encryptionKey);
    expect(() => openKey(sealed, 'key-1', createSecretKey(randomBytes(32)))).toThrow();
    expect(() => openKey(sealed, 'key-2', encryptionKey)).toThrow();
  });

  it('does not open when a byte of its nonce, tag or body was changed', () => {
    const sealed = sealKey(privateKey, 'key-1', encryptionKey);
    for (const index of [0, 12, 28, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => openKey(changed, 'key-1', encryptionKey)).toThrow();
    }
  });

  it('is never the same twice', () => {
    expect(sealKey(privateKey, 'key-1', encryptionKey).equals(sealKey(privateKey, 'key-1', encryptionKey))).toBe(false);
  });
});
