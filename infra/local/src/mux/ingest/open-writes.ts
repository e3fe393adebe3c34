/** One chunk that is being written. */
interface OpenWrite {
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/**
 * At most one chunk at a time is written per upload. A newer request wins: its client has given the older one up, of
 * which the server may not have heard yet.
 */
export class OpenWrites {
  readonly #open = new Map<string, OpenWrite>();

  /** Ends what is being written to this upload, waits for it, and runs `work` with a signal that ends it in turn. */
  async replace<T>(uploadId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    // A loop, since several may have waited for the same predecessor.
    for (let previous = this.#open.get(uploadId); previous; previous = this.#open.get(uploadId)) {
      previous.abort.abort();
      await previous.done;
    }
    const abort = new AbortController();
    const { promise: done, resolve } = Promise.withResolvers<void>();
    this.#open.set(uploadId, { abort, done });
    try {
      return await work(abort.signal);
    } finally {
      this.#open.delete(uploadId);
      resolve();
    }
  }

  /** Ends what is being written to this upload, and waits until the file is no longer touched. */
  async stop(uploadId: string): Promise<void> {
    const write = this.#open.get(uploadId);
    write?.abort.abort();
    await write?.done;
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((id) => this.stop(id)));
  }
}
