import type { KeyObject } from 'node:crypto';
import type { Database } from '../db/database.ts';
import { openKey } from './sealed-key.ts';
import { PlaybackTokenSigner, type SigningKey } from './token-signer.ts';

type PublicJwk = ReturnType<PlaybackTokenSigner['publicJwk']>;

/** A row of `app.signing_keys_in_use()`. */
export interface StoredKey {
  readonly id: string;
  readonly state: 'created' | 'active' | 'draining';
  readonly sealed_private_key: Buffer;
  readonly drained_at: Date | null;
}

const keysStatement = { name: 'signing_keys_in_use', text: 'select * from app.signing_keys_in_use()' };

export const keysInUse = (database: Pick<Database, 'query'>): Promise<StoredKey[]> =>
  database.query<StoredKey>(keysStatement, []);

/**
 * The key that tokens are signed with at this moment: the active one of the database, or the configured one before the first rotation and
 * where no store is configured. A process learns of a switch at its next look; until then it signs with the key before, which Mux accepts.
 */
export class SigningKeys {
  readonly #database: Pick<Database, 'query'>;
  readonly #encryptionKey: KeyObject | undefined;
  #signer: PlaybackTokenSigner;
  #published: readonly PublicJwk[];
  #hasLooked: boolean;
  #seen: string;

  /** @param encryptionKey undefined: the configured key is the only one */
  constructor(configured: SigningKey, database: Pick<Database, 'query'>, encryptionKey: KeyObject | undefined) {
    this.#database = database;
    this.#encryptionKey = encryptionKey;
    this.#signer = new PlaybackTokenSigner(configured);
    this.#published = [this.#signer.publicJwk()];
    this.#seen = '';
    this.#hasLooked = encryptionKey === undefined;
  }

  /** @throws when the database could not be asked even once: the configured key may be deleted at Mux by now. */
  async signer(): Promise<PlaybackTokenSigner> {
    if (!this.#hasLooked) {
      await this.look();
    }
    return this.#signer;
  }

  /** The public halves of all keys whose tokens Mux accepts, as they stand at `/.well-known/jwks.json`. */
  async publicJwks(): Promise<readonly PublicJwk[]> {
    await this.signer();
    return this.#published;
  }

  /** Learns of a switch. @throws when the database does not answer or the key cannot be opened; the key before stays. */
  async look(): Promise<void> {
    if (this.#encryptionKey === undefined) {
      return;
    }
    const stored = await keysInUse(this.#database);
    const seen = stored.map(({ id, state }) => `${id} ${state}`).join(',');
    if (seen !== this.#seen) {
      const encryptionKey = this.#encryptionKey;
      const signers = stored.map(({ id, state, sealed_private_key: sealed }) => ({
        state,
        signer: new PlaybackTokenSigner({ id, privateKey: openKey(sealed, id, encryptionKey) }),
      }));
      this.#signer = signers.find(({ state }) => state === 'active')?.signer ?? this.#signer;
      this.#published = signers.map(({ signer }) => signer.publicJwk());
      this.#seen = seen;
    }
    this.#hasLooked = true;
  }
}
