import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { newMuxId } from '../ids.ts';
import type { Database } from './database.ts';

const row = z
  .object({ id: z.string(), created_at: z.number() })
  .transform((columns) => ({ id: columns.id, createdAt: columns.created_at }));

export type SigningKey = z.infer<typeof row>;

/** Keys that playback tokens are signed with. Only the public half is kept; the private one leaves once, at creation. */
export class SigningKeyStore {
  readonly #db: Database;
  readonly #imported = new Map<string, KeyObject>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** A new 2048-bit RSA pair. `privateKey` is the PEM in base64, as the vendor hands it out; nobody can ask for it again. */
  async create(now: number): Promise<SigningKey & { privateKey: string }> {
    const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    const id = newMuxId();
    const publicPem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    this.#db.run('insert into signing_keys (id, public_key, created_at) values (?, ?, ?)', id, publicPem, now);
    const privatePem = pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    return { id, createdAt: now, privateKey: Buffer.from(privatePem).toString('base64') };
  }

  find(id: string): SigningKey | undefined {
    const found = this.#db.one('select id, created_at from signing_keys where id = ?', id);
    return found && row.parse(found);
  }

  /** Newest first. */
  list(limit: number, offset: number): SigningKey[] {
    return this.#db
      .all('select id, created_at from signing_keys order by seq desc limit ? offset ?', limit, offset)
      .map((found) => row.parse(found));
  }

  /** The key that checks signatures, or undefined once it was deleted: from then on nothing signed with it is accepted. */
  publicKey(id: string): KeyObject | undefined {
    const found = this.#db.one('select public_key from signing_keys where id = ?', id);
    if (found === undefined) {
      this.#imported.delete(id);
      return undefined;
    }
    const known = this.#imported.get(id);
    if (known !== undefined) return known;
    const key = createPublicKey(z.string().parse(found.public_key));
    this.#imported.set(id, key);
    return key;
  }

  remove(id: string): void {
    this.#db.run('delete from signing_keys where id = ?', id);
    this.#imported.delete(id);
  }
}
