import type { Database } from '../db/database.ts';
import { PeriodicSums } from '../db/periodic-sums.ts';
import type { LimitMode, LimitName } from './rules.ts';

const statement = { name: 'count_limit_hits', text: 'select app.count_limit_hits($1)' };

/** How many addresses one report tells apart. */
const mostAddresses = 200;

/** Counts requests over a limit by rule, mode and address, and adds the sums to the counters of the database (RL-09). */
export class HitCounter {
  readonly #sums: PeriodicSums;

  constructor(database: Pick<Database, 'query'>, onError: (error: unknown) => void, pauseMs?: number) {
    this.#sums = new PeriodicSums({
      send: (sums) => {
        const hits = [...sums].map(([kind, times]) => {
          const [rule, mode, address] = kind.split(' ');
          return { rule, mode, address: address === '' ? null : address, hits: times };
        });
        return database.query(statement, [JSON.stringify(hits)]);
      },
      onError,
      pauseMs,
    });
  }

  count(rule: LimitName, mode: LimitMode, addressHash: Buffer): void {
    const own = `${rule} ${mode} ${addressHash.toString('hex')}`;
    // What there is no room for is counted together.
    const kind = this.#sums.has(own) || this.#sums.size < mostAddresses ? own : `${rule} ${mode} `;
    this.#sums.add(kind);
  }

  /** Reports what is left. */
  close(): Promise<void> {
    return this.#sums.close();
  }
}
