import type { Database } from '../db/database.ts';

const statement = { name: 'blocked_addresses', text: 'select address_hash, expires_at from app.blocked_addresses()' };

interface BlockedAddress {
  readonly address_hash: Buffer;
  readonly expires_at: Date;
}

/**
 * The addresses that staff have blocked (RL-09), as the database had them at the last look. Asking costs no round trip; whoever is
 * blocked, or let in again, is so here after the next look. While the database does not answer, what was known stays in force until it expires.
 */
export class AddressBlocks {
  readonly #database: Pick<Database, 'query'>;
  #blockedUntil: ReadonlyMap<string, number> = new Map();

  constructor(database: Pick<Database, 'query'>) {
    this.#database = database;
  }

  async look(): Promise<void> {
    const rows = await this.#database.query<BlockedAddress>(statement, []);
    this.#blockedUntil = new Map(rows.map((row) => [row.address_hash.toString('hex'), row.expires_at.getTime()]));
  }

  isBlocked(addressHash: Buffer): boolean {
    // Hardly ever is anybody blocked: then not even the text of the hash is made.
    if (this.#blockedUntil.size === 0) {
      return false;
    }
    const until = this.#blockedUntil.get(addressHash.toString('hex'));
    return until !== undefined && until > Date.now();
  }
}
