import type { Database } from '../db/database.ts';
import type { LimitMode, LimitName } from './rules.ts';

const statement = { name: 'count_limit_hits', text: 'select app.count_limit_hits($1)' };

/** Milliseconds between two reports, and how many addresses one of them tells apart: whoever floods cannot make the database work. */
const reportPauseMs = 30_000;
const mostAddresses = 200;

/** Counts requests over a limit by rule, mode and address, and adds the sums to the counters of the database (RL-09). */
export class HitCounter {
  readonly #database: Pick<Database, 'query'>;
  readonly #onError: (error: unknown) => void;
  readonly #pauseMs: number;
  #sums = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #reporting: Promise<void> = Promise.resolve();

  constructor(database: Pick<Database, 'query'>, onError: (error: unknown) => void, pauseMs: number = reportPauseMs) {
    this.#database = database;
    this.#onError = onError;
    this.#pauseMs = pauseMs;
  }

  count(rule: LimitName, mode: LimitMode, addressHash: Buffer): void {
    const own = `${rule} ${mode} ${addressHash.toString('hex')}`;
    // What there is no room for is counted together.
    const kind = this.#sums.has(own) || this.#sums.size < mostAddresses ? own : `${rule} ${mode} `;
    this.#sums.set(kind, (this.#sums.get(kind) ?? 0) + 1);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#reporting = this.#reporting.then(() => this.#send());
    }, this.#pauseMs).unref();
  }

  /** Reports what is left. Sums that the database does not take are lost: a flood must not fill the memory while it is away. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#reporting;
    await this.#send();
  }

  async #send(): Promise<void> {
    const sums = this.#sums;
    if (sums.size === 0) {
      return;
    }
    this.#sums = new Map();
    const hits = [...sums].map(([kind, times]) => {
      const [rule, mode, address] = kind.split(' ');
      return { rule, mode, address: address === '' ? null : address, hits: times };
    });
    try {
      await this.#database.query(statement, [JSON.stringify(hits)]);
    } catch (error) {
      this.#onError(error);
    }
  }
}
