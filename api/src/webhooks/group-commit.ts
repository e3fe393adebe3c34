import { DatabaseUnavailableError } from '../db/unavailable.ts';

export interface GroupCommitOptions<Item, Outcome> {
  /** Stores items in one transaction and answers one outcome each, in their order, after its COMMIT. All or nothing. */
  readonly store: (items: readonly Item[]) => Promise<readonly Outcome[]>;
  readonly bytesOf: (item: Item) => number;
  /** Most milliseconds that items wait, after a transaction of several, for as many as came before; one that comes alone never does. */
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

/** Fewer than these are not worth two transactions: what one costs by itself is as much as ten items. */
const smallestSplitCrowd = 32;
/** What is left of a crowd, transaction by transaction, as it goes. */
const crowdDecay = 0.97;

/**
 * Stores what comes at the same time in one transaction. One is under way at a time, and what comes meanwhile waits and makes the next;
 * where many deliver at once there are two, each with half of them, so that one half is read and answered here while the database commits
 * the other. Alone, an item is stored at once; after a transaction of several the next waits a moment for as many again. Each caller has its
 * answer only after the COMMIT.
 *
 * When a transaction is refused, its items are stored one by one, so that one that cannot be stored fails alone. When the database is away,
 * everything that waits fails with it: it comes again.
 */
export class GroupCommit<Item, Outcome> {
  readonly #options: GroupCommitOptions<Item, Outcome>;
  #waiting: Waiting<Item, Outcome>[] = [];
  #waitingBytes = 0;
  #transactions = 0;
  #itemsUnderWay = 0;
  #isTurnAwaited = false;
  #gathering: NodeJS.Timeout | undefined;
  /** How many deliver at once, as far as the last transactions tell. */
  #crowd = 1;
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
    while (this.#waiting.length > 0 || this.#transactions > 0) {
      await new Promise<void>((resolve) => this.#idlers.push(resolve));
    }
  }

  #begin(): void {
    const parts = this.#crowd < smallestSplitCrowd ? 1 : 2;
    const part = Math.ceil(this.#crowd / parts);
    if (part > 1 && this.#transactions < parts && this.#waiting.length >= part) {
      // At once, before what else this turn of the event loop brings is read: the database works on it meanwhile.
      void this.#run(part);
    } else if (this.#transactions === 0 && this.#gathering === undefined && !this.#isTurnAwaited) {
      this.#isTurnAwaited = true;
      // Deliveries that the same turn of the event loop brings make one batch from the start.
      setImmediate(() => {
        this.#isTurnAwaited = false;
        this.#runAll();
      });
    }
  }

  #runAll(): void {
    if (this.#waiting.length > 0 && this.#transactions === 0) {
      void this.#run(this.#waiting.length);
    }
  }

  async #run(most: number): Promise<void> {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    this.#crowd = Math.max(this.#waiting.length + this.#itemsUnderWay, this.#crowd * crowdDecay);
    const batch = this.#takeBatch(most);
    this.#transactions += 1;
    this.#itemsUnderWay += batch.length;
    await this.#storeTogether(batch);
    this.#transactions -= 1;
    this.#itemsUnderWay -= batch.length;
    if (this.#transactions === 0 && batch.length > 1) {
      this.#gather();
    }
    if (this.#waiting.length > 0) {
      this.#begin();
    } else if (this.#transactions === 0) {
      for (const resolve of this.#idlers.splice(0)) resolve();
    }
  }

  /** Whoever was answered just now delivers again within a moment: one transaction for many costs far less than one for each. */
  #gather(): void {
    this.#gathering = setTimeout(() => {
      this.#gathering = undefined;
      // They did not.
      this.#crowd = Math.max(1, this.#waiting.length);
      this.#runAll();
    }, this.#options.gatherMs).unref();
  }

  #takeBatch(most: number): Waiting<Item, Outcome>[] {
    const { maxItems, maxBytes } = this.#options;
    let bytes = 0;
    let count = 0;
    for (const next of this.#waiting) {
      if (count === Math.min(most, maxItems) || (count > 0 && bytes + next.bytes > maxBytes)) {
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
