import { createHmac, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A JWT out of any header and claims, right or wrong: what the vendor's SDK would not sign. */
export function forgeToken(
  header: Record<string, unknown>,
  claims: unknown,
  signer: KeyObject | { readonly hmac: string } | 'none',
): string {
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const input = `${encode(header)}.${encode(claims)}`;
  if (signer === 'none') return `${input}.`;
  if ('hmac' in signer) return `${input}.${createHmac('sha256', signer.hmac).update(input).digest('base64url')}`;
  return `${input}.${sign('sha256', Buffer.from(input), signer).toString('base64url')}`;
}

/** The private key as Mux hands it out. */
export function readPrivateKey(base64Pem: string): KeyObject {
  return createPrivateKey(Buffer.from(base64Pem, 'base64').toString('utf8'));
}

/** A key that no Mux environment knows. */
export function strangersKey(): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
}
