import { DatabaseUnavailableError } from '../db/unavailable.ts';

export interface GroupCommitOptions<Item, Outcome> {
  /** Stores items in one transaction and answers one outcome each, in their order, after its COMMIT. All or nothing. */
  readonly store: (items: readonly Item[]) => Promise<readonly Outcome[]>;
  readonly bytesOf: (item: Item) => number;
  /** Most items in one transaction. */
  readonly maxItems: number;
  /** Most bytes in one transaction; a single item may have more. */
  readonly maxBytes: number;
  /** Most items, and most bytes, that wait for a transaction: beyond, an item is refused. */
  readonly maxWaitingItems: number;
  readonly maxWaitingBytes: number;
}

/** Too much waits to be stored already. Nothing was stored. */
export class OverloadedError extends Error {
  constructor() {
    super('Too many deliveries wait to be stored.');
    this.name = 'OverloadedError';
  }
}

interface Waiting<Item, Outcome> {
  readonly item: Item;
  readonly bytes: number;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Stores what comes at the same time in one transaction. One is under way at a time; what comes meanwhile waits and makes the next one, so
 * that nothing is held back to wait for company: alone, an item is stored at once. Each caller has its answer only after the COMMIT.
 *
 * When a transaction is refused, its items are stored one by one, so that one that cannot be stored fails alone. When the database is away,
 * everything that waits fails with it: it comes again.
 */
export class GroupCommit<Item, Outcome> {
  readonly #options: GroupCommitOptions<Item, Outcome>;
  #waiting: Waiting<Item, Outcome>[] = [];
  #waitingBytes = 0;
  #running: Promise<void> | undefined;

  constructor(options: GroupCommitOptions<Item, Outcome>) {
    this.#options = options;
  }

  /** @throws {OverloadedError} and whatever `store` throws. */
  add(item: Item): Promise<Outcome> {
    const bytes = this.#options.bytesOf(item);
    const { maxWaitingItems, maxWaitingBytes } = this.#options;
    if (this.#waiting.length >= maxWaitingItems || this.#waitingBytes + bytes > maxWaitingBytes) {
      return Promise.reject(new OverloadedError());
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, bytes, resolve, reject });
      this.#waitingBytes += bytes;
      this.#running ??= this.#run();
    });
  }

  /** How many items wait for a transaction; those under way not counted. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves when nothing waits and nothing is under way. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) {
      await this.#running;
    }
  }

  async #run(): Promise<void> {
    // Deliveries that the same turn of the event loop brings make one batch from the start.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      await this.#storeTogether(this.#takeBatch());
    }
    this.#running = undefined;
  }

  #takeBatch(): Waiting<Item, Outcome>[] {
    const { maxItems, maxBytes } = this.#options;
    let bytes = 0;
    let count = 0;
    for (const next of this.#waiting) {
      if (count === maxItems || (count > 0 && bytes + next.bytes > maxBytes)) {
        break;
      }
      bytes += next.bytes;
      count += 1;
    }
    this.#waitingBytes -= bytes;
    return this.#waiting.splice(0, count);
  }

  async #storeTogether(batch: readonly Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.#options.store(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined) {
          reject(new Error('The store did not say what became of a delivery.'));
        } else {
          resolve(outcome);
        }
      }
    } catch (error) {
      if (error instanceof DatabaseUnavailableError) {
        const rest = this.#waiting;
        this.#waiting = [];
        this.#waitingBytes = 0;
        for (const { reject } of [...batch, ...rest]) {
          reject(error);
        }
      } else if (batch.length === 1) {
        batch[0]?.reject(error);
      } else {
        for (const each of batch) {
          await this.#storeTogether([each]);
        }
      }
    }
  }
}
