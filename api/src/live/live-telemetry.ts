import { Counter, Gauge, type Registry } from '@prometheus-io/client';

/** What is told on a stream; `beat`: nothing has happened. */
export const liveEvents = ['ready', 'change', 'stale', 'beat', 'end'] as const;
export type LiveEvent = (typeof liveEvents)[number];

/**
 * How a stream ended. `renew`: its token was over, and the reader comes again; `signed_out`; `closing`: the server ends; `slow`: the reader
 * did not read, and was let go; `left`: the reader went.
 */
export const liveEndings = ['renew', 'signed_out', 'closing', 'slow', 'left'] as const;
export type LiveEnding = (typeof liveEndings)[number];

const limits = ['person', 'process'] as const;

/** What this process counts of those who follow changes (OB-06). Every series is there from the start as 0. */
export class LiveTelemetry {
  readonly #registry: Registry;
  readonly #events: Counter<'event'>;
  readonly #endings: Counter<'reason'>;
  readonly #refusals: Counter<'limit'>;

  constructor(registry: Registry) {
    this.#registry = registry;
    this.#events = new Counter({
      name: 'mm_live_events_total',
      help: 'Events told to readers who follow changes: ready, change, stale, beat, end.',
      labelNames: ['event'] as const,
      registers: [registry],
    });
    this.#endings = new Counter({
      name: 'mm_live_streams_ended_total',
      help: 'Streams of changes that ended: renew, signed_out, closing, slow (the reader did not read and was let go), left.',
      labelNames: ['reason'] as const,
      registers: [registry],
    });
    this.#refusals = new Counter({
      name: 'mm_live_streams_refused_total',
      help: 'Streams of changes that were refused, by the limit: of a person, or of this process.',
      labelNames: ['limit'] as const,
      registers: [registry],
    });
    for (const event of liveEvents) this.#events.inc({ event }, 0);
    for (const reason of liveEndings) this.#endings.inc({ reason }, 0);
    for (const limit of limits) this.#refusals.inc({ limit }, 0);
  }

  /** @param isHeard false while somebody follows and the database's notifications do not come */
  observe(open: () => number, isHeard: () => boolean): void {
    new Gauge({
      name: 'mm_live_streams',
      help: 'Streams of changes that are open.',
      registers: [this.#registry],
      collect() {
        this.set(open());
      },
    });
    new Gauge({
      name: 'mm_live_heard',
      help: 'Whether changes are heard of: 1, also while nobody follows them; 0 while somebody does and nothing is heard.',
      registers: [this.#registry],
      collect() {
        this.set(isHeard() ? 1 : 0);
      },
    });
  }

  told(event: LiveEvent): void {
    this.#events.inc({ event });
  }

  ended(reason: LiveEnding): void {
    this.#endings.inc({ reason });
  }

  refused(limit: (typeof limits)[number]): void {
    this.#refusals.inc({ limit });
  }
}
