import { must } from './fault.ts';
import { type Hash, toHex } from './merkle.ts';

export type Checkpoint = { origin: string; size: number; root: Hash; entries: number; time: string };
type Signature = { keyId: string; bytes: Uint8Array<ArrayBuffer> };
type Note = { checkpoint: Checkpoint; text: string; signatures: readonly Signature[] };

/** Base64 in its one canonical form; null for any other spelling. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const binary = atob(text);
    return btoa(binary) === text ? Uint8Array.from(binary, (letter) => letter.charCodeAt(0)) : null;
  } catch {
    return null;
  }
}

const written =
  /^([^\s+]+)\n([1-9]\d{0,14})\n(\S+)\nentries ([1-9]\d{0,14})\ntime (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)$/;

/** A checkpoint as docs/reference/audit-log-format.md describes it: a signed note of the transparency-log community. */
export function parseNote(note: string): Note {
  const [text = '', signed = '', ...more] = note.split('\n\n');
  const [, origin, size, encoded, entries, time] = written.exec(text) ?? [];
  must(more.length === 0 && !!origin && !!encoded && !!time, 'checkpoint_malformed');
  const root = fromBase64(encoded);
  must(root?.length === 32 && /^(?:— \S+ \S+\n)+$/.test(signed), 'checkpoint_malformed');
  const signatures = signed
    .slice(0, -1)
    .split('\n')
    .map((line) => {
      const bytes = fromBase64(line.split(' ')[2] ?? '');
      must(bytes !== null && bytes.length > 4, 'checkpoint_malformed');
      return { keyId: toHex(bytes.slice(0, 4)), bytes: bytes.slice(4) };
    });
  const checkpoint = { origin, size: Number(size), root: toHex(root), entries: Number(entries), time };
  return { checkpoint, text: `${text}\n`, signatures };
}

/**
 * Checks a checkpoint's signature by one of these verifier keys.
 * @returns the id of the key that has signed
 * @throws Fault when none of them has, or when one of them is named and has not
 */
export async function signerOf({ checkpoint, text, signatures }: Note, keys: readonly string[]): Promise<string> {
  let signer: string | undefined;
  for (const key of keys) {
    const { origin, id, publicKey } = await parseVerifierKey(key);
    if (origin !== checkpoint.origin) continue;
    const signature = signatures.find(({ keyId }) => keyId === id);
    if (!signature) continue;
    const data = new TextEncoder().encode(text);
    must(await crypto.subtle.verify('Ed25519', publicKey, signature.bytes, data), 'signature_wrong');
    signer ??= id;
  }
  must(signer !== undefined, 'signer_unknown');
  return signer;
}

/** `<origin>+<key id>+<base64 of 0x01 || public key>`, whose id has to be that of the key. */
async function parseVerifierKey(text: string): Promise<{ origin: string; id: string; publicKey: CryptoKey }> {
  const [, origin, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  const bytes = encoded === undefined ? null : fromBase64(encoded);
  must(!!origin && !!id && bytes?.length === 33 && bytes[0] === 0x01, 'key_malformed');
  const named = new Uint8Array([...new TextEncoder().encode(`${origin}\n`), ...bytes]);
  const computed = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', named))).slice(0, 8);
  must(computed === id, 'key_malformed');
  const publicKey = await crypto.subtle.importKey('raw', bytes.slice(1), 'Ed25519', false, ['verify']);
  return { origin, id, publicKey };
}
