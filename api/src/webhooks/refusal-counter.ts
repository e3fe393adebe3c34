import type { Database } from '../db/database.ts';
import type { ProviderName } from './delivery.ts';
import type { RefusalReason } from './signature.ts';

const statement = { name: 'count_refused_webhooks', text: 'select app.count_refused_webhooks($1, $2, $3)' };

/** Milliseconds between two reports of the same kind: whoever forges cannot make the database work. */
const reportPauseMs = 60_000;

/**
 * Counts deliveries whose signature was refused, and adds the sums to the counters of the database: the first at once, what follows every
 * minute. Of a delivery nothing but provider and reason is kept.
 */
export class RefusalCounter {
  readonly #database: Pick<Database, 'query'>;
  readonly #onError: (error: unknown) => void;
  readonly #pauseMs: number;
  #sums = new Map<string, number>();
  #reporting: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Pick<Database, 'query'>, onError: (error: unknown) => void, pauseMs: number = reportPauseMs) {
    this.#database = database;
    this.#onError = onError;
    this.#pauseMs = pauseMs;
  }

  count(provider: ProviderName, reason: RefusalReason): void {
    this.#add(`${provider} ${reason}`, 1);
    if (this.#timer === undefined) {
      this.#report();
    }
  }

  /** Reports what is left, without waiting for its minute. */
  async flush(): Promise<void> {
    await this.#reporting;
    await this.#send();
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.flush();
  }

  #add(kind: string, refused: number): void {
    this.#sums.set(kind, (this.#sums.get(kind) ?? 0) + refused);
  }

  #report(): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#sums.size > 0) {
        this.#report();
      }
    }, this.#pauseMs).unref();
    this.#reporting = this.#reporting.then(() => this.#send());
  }

  async #send(): Promise<void> {
    const sums = this.#sums;
    this.#sums = new Map();
    for (const [kind, refused] of sums) {
      const [provider, reason] = kind.split(' ');
      try {
        await this.#database.query(statement, [provider, reason, refused]);
      } catch (error) {
        this.#add(kind, refused);
        this.#onError(error);
      }
    }
  }
}
