import { z } from 'zod';
import type { Database } from './database.ts';

/** What signs webhooks: as at the vendor, who makes it anew for a webhook, it outlives every restart. */
export class WebhookSecretStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The secret that was made anew since this one was configured, or this one. */
  inUse(configured: string): string {
    const found = this.#db.one('select secret from webhook_secret where configured = ?', configured);
    return found === undefined ? configured : z.string().parse(found.secret);
  }

  replace(configured: string, secret: string): void {
    this.#db.run(
      'insert or replace into webhook_secret (only, configured, secret) values (1, ?, ?)',
      configured,
      secret,
    );
  }
}
