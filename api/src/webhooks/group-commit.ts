import { DatabaseUnavailableError } from '../db/unavailable.ts';

export interface GroupCommitOptions<Item, Outcome> {
  /** Stores items in one transaction and answers one outcome each, in their order, after its COMMIT. All or nothing. */
  readonly store: (items: readonly Item[]) => Promise<readonly Outcome[]>;
  readonly bytesOf: (item: Item) => number;
  /** Most milliseconds that items wait for as many as the transaction before had; one that comes alone never does. */
  readonly gatherMs: number;
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
 * Stores what comes at the same time in one transaction. One is under way at a time; what comes meanwhile waits and makes the next one.
 * After a transaction of several the next waits a moment for as many again; alone, an item is stored at once. Each caller has its answer
 * only after the COMMIT.
 *
 * When a transaction is refused, its items are stored one by one, so that one that cannot be stored fails alone. When the database is away,
 * everything that waits fails with it: it comes again.
 */
export class GroupCommit<Item, Outcome> {
  readonly #options: GroupCommitOptions<Item, Outcome>;
  #waiting: Waiting<Item, Outcome>[] = [];
  #waitingBytes = 0;
  #isUnderWay = false;
  #isTurnAwaited = false;
  #gathering: NodeJS.Timeout | undefined;
  /** How many items the last transaction had, and so how many may be on their way again. */
  #lastCount = 0;
  #idlers: (() => void)[] = [];

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
      this.#begin();
    });
  }

  /** How many items wait for a transaction; those under way not counted. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves when nothing waits and nothing is under way. */
  async idle(): Promise<void> {
    while (this.#waiting.length > 0 || this.#isUnderWay) {
      await new Promise<void>((resolve) => this.#idlers.push(resolve));
    }
  }

  #begin(): void {
    if (this.#isTurnAwaited || this.#isUnderWay) {
      return;
    }
    if (this.#gathering !== undefined) {
      if (this.#waiting.length < this.#lastCount) {
        return;
      }
      clearTimeout(this.#gathering);
      this.#gathering = undefined;
    }
    this.#isTurnAwaited = true;
    // Deliveries that the same turn of the event loop brings make one batch from the start.
    setImmediate(() => {
      this.#isTurnAwaited = false;
      if (this.#waiting.length > 0) {
        void this.#run();
      }
    });
  }

  async #run(): Promise<void> {
    this.#isUnderWay = true;
    const batch = this.#takeBatch();
    await this.#storeTogether(batch);
    this.#isUnderWay = false;
    this.#lastCount = batch.length;
    if (batch.length > 1) {
      this.#gather();
    }
    if (this.#waiting.length > 0) {
      this.#begin();
    } else {
      for (const resolve of this.#idlers.splice(0)) resolve();
    }
  }

  /** Whoever was answered just now delivers again within a moment: one transaction for all of them costs far less than one for each. */
  #gather(): void {
    clearTimeout(this.#gathering);
    this.#gathering = setTimeout(() => {
      this.#gathering = undefined;
      if (this.#waiting.length > 0) {
        this.#begin();
      }
    }, this.#options.gatherMs).unref();
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
