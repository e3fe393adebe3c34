import { join } from 'node:path';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import { readJson, replaceJson } from '../storage/durable-file.ts';

export type SigningKey = {
  /** RFC 7638 thumbprint: the same key always has the same id. */
  kid: string;
  privateKey: CryptoKey;
  /** The public half, as published in the JWKS. */
  publicJwk: JWK;
};

const storedKey = z.looseObject({ kty: z.literal('RSA'), n: z.string(), e: z.string(), d: z.string() });

/**
 * The issuer's RS256 key: made once, then kept in `dataDir/signing-key.json` (0600), so that tokens and PostgREST's copy
 * of the public key outlive a restart.
 */
export async function loadSigningKey(dataDir: string): Promise<SigningKey> {
  const path = join(dataDir, 'signing-key.json');
  const stored = readJson(path);
  let jwk: JWK;
  if (stored === undefined) {
    const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
    jwk = await exportJWK(privateKey);
    replaceJson(path, jwk);
  } else {
    const parsed = storedKey.safeParse(stored);
    if (!parsed.success) throw new Error(`${path} holds no private RSA key. Remove it to have a new one made.`);
    jwk = parsed.data as JWK;
  }
  const privateKey = await importJWK(jwk, 'RS256');
  if (privateKey instanceof Uint8Array) throw new Error(`${path} holds a symmetric key.`);
  const kid = await calculateJwkThumbprint(jwk);
  const { kty, n, e } = jwk;
  return { kid, privateKey, publicJwk: { ...(kty && n && e ? { kty, n, e } : {}), kid, use: 'sig', alg: 'RS256' } };
}
