import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** The type byte of an Ed25519 key in a signed note (C2SP signed-note). */
const ed25519 = Buffer.of(1);

/** A public key under the name that it signs for. */
export interface VerifierKey {
  readonly name: string;
  /** Four bytes. */
  readonly id: Buffer;
  readonly publicKey: KeyObject;
  /** The form in which it is published: `<name>+<id, hex>+<base64 of 0x01 || key>`. */
  readonly text: string;
}

/** The verifier key of a public or private Ed25519 key under a name without spaces and `+`. */
export function verifierKeyOf(name: string, key: KeyObject): VerifierKey {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const id = createHash('sha256').update(`${name}\n`).update(ed25519).update(raw).digest().subarray(0, 4);
  const text = `${name}+${id.toString('hex')}+${Buffer.concat([ed25519, raw]).toString('base64')}`;
  return { name, id, publicKey, text };
}

/** Reads a verifier key; undefined when it is none, or when its id is not the one of its name and key. */
export function parseVerifierKey(text: string): VerifierKey | undefined {
  const [, name, encoded] = /^([^\s+]+)\+[0-9a-f]{8}\+([A-Za-z0-9+/]+=*)$/.exec(text) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64');
  if (name === undefined || bytes.length !== 33 || bytes[0] !== 1) {
    return undefined;
  }
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') };
  const key = verifierKeyOf(name, createPublicKey({ key: jwk, format: 'jwk' }));
  return key.text === text ? key : undefined;
}

/** Signs a text that ends in a newline, under the name of the key. */
export function signNote(text: string, name: string, privateKey: KeyObject): string {
  const { id } = verifierKeyOf(name, privateKey);
  const signature = sign(null, Buffer.from(text), privateKey);
  return `${text}\n\u2014 ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`;
}

export interface OpenedNote {
  /** What was signed, with its last newline. */
  readonly text: string;
  readonly key: VerifierKey;
}

/** The text of a note with one signature, and whose it is; undefined unless one of the keys made that signature. */
export function openNote(note: string, keys: readonly VerifierKey[]): OpenedNote | undefined {
  const [, text, name, encoded] = /^((?:[^\n]+\n)+)\n\u2014 (\S+) (\S+)\n$/.exec(note) ?? [];
  if (text === undefined || encoded === undefined) {
    return undefined;
  }
  const bytes = Buffer.from(encoded, 'base64');
  // Base64 has several ways to write some bytes; a note has one.
  if (bytes.toString('base64') !== encoded) {
    return undefined;
  }
  const key = keys.find((known) => known.name === name && known.id.equals(bytes.subarray(0, 4)));
  return key !== undefined && verify(null, Buffer.from(text), key.publicKey, bytes.subarray(4))
    ? { text, key }
    : undefined;
}
