/** Milliseconds between two reports: whoever floods cannot make the database work. */
const reportPauseMs = 30_000;

export interface PeriodicSumsParts {
  /** Adds the sums to what the database has. */
  readonly send: (sums: ReadonlyMap<string, number>) => Promise<unknown>;
  readonly onError: (error: unknown) => void;
  readonly pauseMs?: number | undefined;
}

/** Counts by a key in this process, and hands the sums over twice a minute while there are any. */
export class PeriodicSums {
  readonly #parts: PeriodicSumsParts;
  #sums = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #reporting: Promise<void> = Promise.resolve();

  constructor(parts: PeriodicSumsParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#sums.size;
  }

  has(key: string): boolean {
    return this.#sums.has(key);
  }

  add(key: string): void {
    this.#sums.set(key, (this.#sums.get(key) ?? 0) + 1);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#reporting = this.#reporting.then(() => this.#send());
    }, this.#parts.pauseMs ?? reportPauseMs).unref();
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
    try {
      await this.#parts.send(sums);
    } catch (error) {
      this.#parts.onError(error);
    }
  }
}
