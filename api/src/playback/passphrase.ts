import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const argon2id = promisify(argon2);

/** OWASP's least for argon2id (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html): 19 MiB, two passes. */
const costs = { memory: 19_456, passes: 2, parallelism: 1 };
const hashBytes = 32;
const phc =
  /^\$argon2id\$v=19\$m=(?<memory>\d+),t=(?<passes>\d+),p=(?<parallelism>\d+)\$(?<nonce>[A-Za-z0-9+/]{22})\$(?<hash>[A-Za-z0-9+/]{43})$/;

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** The same letters typed on another keyboard are the same passphrase (RFC 8265, OpaqueString: NFC). */
const bytesOf = (passphrase: string): Buffer => Buffer.from(passphrase.normalize('NFC'));

/** The argon2id hash of a passphrase as a PHC string (RFC 9106), in the shape that `app.share_tokens` takes. */
export async function hashPassphrase(passphrase: string): Promise<string> {
  const nonce = randomBytes(16);
  const hash = await argon2id('argon2id', { ...costs, message: bytesOf(passphrase), nonce, tagLength: hashBytes });
  const { memory, passes, parallelism } = costs;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(hash)}`;
}

/**
 * Whether a passphrase fits a hash, with the costs that the hash names.
 * @throws {RangeError} when the hash is none of ours.
 */
export async function fitsPassphrase(passphrase: string, passphraseHash: string): Promise<boolean> {
  const parts = phc.exec(passphraseHash)?.groups;
  if (parts === undefined) {
    throw new RangeError('This is no argon2id hash of ours.');
  }
  const hash = await argon2id('argon2id', {
    message: bytesOf(passphrase),
    nonce: Buffer.from(parts.nonce ?? '', 'base64'),
    memory: Number(parts.memory),
    passes: Number(parts.passes),
    parallelism: Number(parts.parallelism),
    tagLength: hashBytes,
  });
  return timingSafeEqual(hash, Buffer.from(parts.hash ?? '', 'base64'));
}
