import { Client } from 'pg';
import { type Change, readChange } from './changes.ts';

export interface ListenerOptions {
  readonly url: string;
  readonly onChange: (change: Change) => void;
  /** From now on nothing is heard, until it listens again. */
  readonly onLoss: (error: unknown) => void;
  /** It listens, from now on. */
  readonly onListening: () => void;
}

/** Milliseconds between two questions whether the connection is still one: a listener that hears nothing cannot tell silence from death. */
const proofEveryMs = 15_000;
const longestPauseMs = 10_000;

/**
 * The one connection of this process that listens to changes, apart from the pool, held only while somebody wants to know. It needs a
 * session of its own at the database: behind a pooler that shares sessions out by the transaction nothing would be heard.
 */
export class ChangeListener {
  readonly #options: ListenerOptions;
  #client: Client | undefined;
  #since: number | undefined;
  #wanted = false;
  #pauseMs = 250;
  #timer: NodeJS.Timeout | undefined;
  #opening: Promise<void> | undefined;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  /** Since when nothing has been missed, in milliseconds since 1970; undefined while it does not listen. */
  get since(): number | undefined {
    return this.#since;
  }

  /** Listens, if it can; else it goes on trying. */
  async start(): Promise<void> {
    this.#wanted = true;
    if (this.#client === undefined) {
      clearTimeout(this.#timer);
      this.#opening ??= this.#open().finally(() => {
        this.#opening = undefined;
      });
    }
    await this.#opening;
  }

  async stop(): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#timer);
    await this.#opening;
    // Somebody may have come meanwhile.
    if (this.#wanted) {
      return;
    }
    const client = this.#client;
    this.#forget();
    await client?.end().catch(() => undefined);
  }

  async #open(): Promise<void> {
    const client = new Client({
      connectionString: this.#options.url,
      application_name: 'mm-api',
      connectionTimeoutMillis: 3_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    client.on('error', (error) => this.#lose(client, error));
    client.on('end', () => this.#lose(client, new Error('The connection has ended.')));
    client.on('notification', ({ payload = '' }) => {
      const change = readChange(payload);
      if (change !== undefined) {
        this.#options.onChange(change);
      }
    });
    try {
      await client.connect();
      await client.query('listen mm_changes');
    } catch (error) {
      await client.end().catch(() => undefined);
      this.#options.onLoss(error);
      this.#again();
      return;
    }
    this.#client = client;
    this.#since = Date.now();
    this.#pauseMs = 250;
    this.#options.onListening();
    this.#prove(client);
  }

  #prove(client: Client): void {
    this.#timer = setTimeout(() => {
      client.query('select 1').then(
        () => {
          if (this.#client === client) {
            this.#prove(client);
          }
        },
        (error: unknown) => this.#lose(client, error),
      );
    }, proofEveryMs);
  }

  #lose(client: Client, error: unknown): void {
    if (this.#client !== client) {
      return;
    }
    this.#forget();
    client.end().catch(() => undefined);
    this.#options.onLoss(error);
    this.#again();
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#client = undefined;
    this.#since = undefined;
  }

  #again(): void {
    if (!this.#wanted) {
      return;
    }
    this.#timer = setTimeout(() => void this.start(), this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
  }
}
