import type { FastifyBaseLogger } from 'fastify';
import type { Caller } from '../db/caller.ts';
import type { Database } from '../db/database.ts';
import { toProblemError } from '../plugins/app/problems.ts';
import { problemOf } from '../problems/problem-error.ts';
import type { Change, LiveResource } from './changes.ts';
import { ChangeListener } from './listener.ts';
import type { LiveTelemetry } from './live-telemetry.ts';
import { RecentChanges } from './recent.ts';
import { LiveStream } from './stream.ts';
import { readableResources, visibleOf } from './visible.ts';

/** Changes that come within so many milliseconds are asked about together. */
const gatherMs = 200;
/** A session that was denied ends within this. */
const beatEveryMs = 15_000;
/** How much further back than it says a stream is told of: clocks of two servers differ, and what is told twice does no harm. */
const marginMs = 2_000;
const streamsOfPerson = 6;
const streamsAtOnce = 500;
/** Connections of the pool that may be asking at a time. */
const askersAtOnce = 2;

export interface LiveHubParts {
  readonly database: Database;
  /** Connection string for the one connection that listens. */
  readonly url: string;
  readonly log: FastifyBaseLogger;
  readonly telemetry: LiveTelemetry;
}

type Changed = ReadonlyMap<LiveResource, ReadonlyMap<string, boolean>>;

/**
 * Who follows which lists in this process. One connection hears of all changes; for each session that follows, row-level security is asked
 * which of the rows it may see, and only those are told. Where that cannot be asked nothing is told but that the lists may be stale.
 */
export class LiveHub {
  readonly #database: Database;
  readonly #log: FastifyBaseLogger;
  readonly #telemetry: LiveTelemetry;
  readonly #listener: ChangeListener;
  readonly #recent = new RecentChanges();
  readonly #streams = new Set<LiveStream>();
  #gathered: Change[] = [];
  #gathering: NodeJS.Timeout | undefined;
  #beating: NodeJS.Timeout | undefined;
  #asking: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor({ database, url, log, telemetry }: LiveHubParts) {
    this.#database = database;
    this.#log = log;
    this.#telemetry = telemetry;
    telemetry.observe(
      () => this.size,
      () => this.size === 0 || this.#listener.since !== undefined,
    );
    this.#listener = new ChangeListener({
      url,
      onChange: (change) => this.#hear(change),
      onLoss: (error) => {
        log.warn({ err: error }, 'changes of lists are not heard of');
        this.#recent.clear();
      },
      // Whoever was there before has not heard of what came in between.
      onListening: () => {
        for (const stream of this.#streams) {
          if (stream.hasBegun) {
            stream.tell('stale', Date.now());
          }
        }
      },
    });
  }

  get size(): number {
    return this.#streams.size;
  }

  /**
   * Opens a stream for a verified caller.
   * @param since milliseconds since 1970 by a server's clock, as the last event of the stream before told; undefined: there was none
   * @throws ProblemError `live.too_many`, `service.unavailable`, and what the database refuses the caller with
   */
  async open(caller: Caller, since: number | undefined): Promise<LiveStream> {
    if (this.#isClosed) {
      throw problemOf('service.unavailable');
    }
    const mine = [...this.#streams].filter((stream) => stream.caller.claims.sub === caller.claims.sub);
    const isPersonFull = mine.length >= streamsOfPerson;
    if (isPersonFull || this.#streams.size >= streamsAtOnce) {
      this.#telemetry.refused(isPersonFull ? 'person' : 'process');
      throw problemOf('live.too_many');
    }
    const stream = new LiveStream(caller, (event) => this.#telemetry.told(event));
    // Counted while it is being opened, or many at once would all be let in.
    this.#streams.add(stream);
    stream.once('close', () => void this.#leave(stream));
    try {
      const [resources] = await Promise.all([readableResources(this.#database, caller), this.#listener.start()]);
      this.#begin(stream, resources, since);
      return stream;
    } catch (error) {
      stream.destroy();
      throw error;
    }
  }

  #begin(stream: LiveStream, resources: readonly LiveResource[], since: number | undefined): void {
    if (stream.destroyed) {
      return;
    }
    stream.follow(resources);
    this.#beating ??= setInterval(() => void this.#ask(new Map(), Date.now(), [...this.#streams]), beatEveryMs);
    const now = Date.now();
    const expiry = setTimeout(() => stream.finish('renew', Date.now()), Number(stream.caller.claims.exp) * 1000 - now);
    stream.once('close', () => clearTimeout(expiry));
    stream.tell('ready', now, { resources });
    const from = (since ?? now) - marginMs;
    const missed = this.#recent.since(from);
    if (this.#listener.since === undefined || this.#listener.since > from || missed === undefined) {
      stream.tell('stale', now);
    } else if (missed.length > 0) {
      void this.#ask(merge(missed), now, [stream]);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#gathering);
    clearInterval(this.#beating);
    for (const stream of this.#streams) {
      stream.finish('closing', Date.now());
    }
    await this.#asking;
    await this.#listener.stop();
  }

  async #leave(stream: LiveStream): Promise<void> {
    this.#streams.delete(stream);
    this.#telemetry.ended(stream.ending);
    if (this.#streams.size === 0) {
      clearInterval(this.#beating);
      this.#beating = undefined;
      this.#recent.clear();
      await this.#listener.stop();
    }
  }

  #hear(change: Change): void {
    this.#recent.add(Date.now(), change);
    this.#gathered.push(change);
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      const changed = merge(this.#gathered);
      this.#gathered = [];
      void this.#ask(changed, Date.now(), [...this.#streams]);
    }, gatherMs);
  }

  /** One round of questions after the other: a slow database must not have many of them at once. */
  #ask(changed: Changed, at: number, streams: readonly LiveStream[]): Promise<unknown> {
    this.#asking = this.#asking.then(async () => {
      const sessions = [...Map.groupBy(streams, sessionOf).values()];
      const work = async () => {
        for (let next = sessions.shift(); next !== undefined; next = sessions.shift()) {
          await this.#askFor(next, changed, at);
        }
      };
      await Promise.all(Array.from({ length: askersAtOnce }, work));
    });
    return this.#asking;
  }

  /** Asks for all streams of one session, with the token that lives longest. */
  async #askFor(streams: readonly LiveStream[], changed: Changed, at: number): Promise<void> {
    const [first] = streams.toSorted((one, other) => Number(other.caller.claims.exp) - Number(one.caller.claims.exp));
    if (first === undefined) {
      return;
    }
    const followed = [...changed].filter(([resource]) => first.follows(resource));
    if (followed.length === 0 && changed.size > 0) {
      return;
    }
    try {
      const asked = new Map(followed.map(([resource, ids]) => [resource, [...ids.keys()]] as const));
      const visible = await visibleOf(this.#database, first.caller, asked);
      for (const stream of streams) {
        for (const [resource, ids] of followed) {
          const seen = visible.get(resource);
          if (seen !== undefined) {
            stream.change(at, resource, ids, seen);
          }
        }
        if (changed.size === 0) {
          stream.tell('beat', at);
        }
      }
    } catch (error) {
      const { status, code } = toProblemError(error);
      const isOver = status === 401 || status === 403;
      if (!isOver) {
        this.#log.warn({ err: error }, 'nobody could be asked who may know of a change');
      }
      for (const stream of streams) {
        if (isOver) {
          stream.finish(code === 'auth.token_invalid' ? 'renew' : 'signed_out', at);
        } else if (followed.length > 0) {
          stream.tell('stale', at);
        }
      }
    }
  }
}

function sessionOf({ caller: { role, claims } }: LiveStream): string {
  return JSON.stringify([role, claims.sub, claims.sid]);
}

/** The rows by list, each with whether it is new. */
function merge(changes: readonly Change[]): Changed {
  const merged = new Map<LiveResource, Map<string, boolean>>();
  for (const { resource, isNew, ids } of changes) {
    const rows = merged.get(resource) ?? new Map<string, boolean>();
    merged.set(resource, rows);
    for (const id of ids) {
      rows.set(id, isNew || rows.get(id) === true);
    }
  }
  return merged;
}
