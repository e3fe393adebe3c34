import { Counter, Histogram, type Registry } from '@prometheus-io/client';
import type { Database } from '../db/database.ts';
import { uploadStages } from '../upload-stages.ts';

const stagesStatement = { name: 'upload_stages', text: 'select stage, seconds from app.upload_stages($1)' };

/** Seconds; from a fold at once to a replay from the dead-letter queue. */
const buckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 21_600, 86_400];

/** What the inbox says of an event that was folded: settled here, settled before, or not at all. */
export interface FoldOutcome {
  readonly id: string;
  readonly outcome: string;
}

/** When an event was received: the first 48 bits of its UUIDv7 are milliseconds since the epoch (RFC 9562). */
export function receivedAt(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}

/** What the worker counts of the webhook events that it folds (UP-09) and of the uploads that they move on (UP-13). */
export class FoldTelemetry {
  readonly #database: Pick<Database, 'query'>;
  readonly #folded: Counter<'outcome'>;
  readonly #latency: Histogram;
  readonly #stages: Histogram<'stage'>;

  constructor(registry: Registry, database: Pick<Database, 'query'>) {
    this.#database = database;
    this.#folded = new Counter({
      name: 'mm_webhook_folds_total',
      help: 'Attempts to fold a webhook event by outcome: processed, ignored, retry (it failed and comes again), dead (it failed for the last time).',
      labelNames: ['outcome'] as const,
      registers: [registry],
    });
    // A counter that begins at 1 has no increase that Prometheus could see.
    for (const outcome of ['processed', 'ignored', 'retry', 'dead']) {
      this.#folded.inc({ outcome }, 0);
    }
    this.#latency = new Histogram({
      name: 'mm_webhook_processing_seconds',
      help: 'Time from the receipt of a webhook event until it was folded or found to be of no interest.',
      buckets,
      registers: [registry],
    });
    this.#stages = uploadStages(registry);
  }

  /** Counts what was folded, and asks which stages of uploads that ended; what cannot be asked is not counted and harms nothing. */
  async observeFolded(rows: readonly FoldOutcome[]): Promise<void> {
    const now = Date.now();
    const settled = rows.filter(({ outcome }) => outcome === 'processed' || outcome === 'ignored');
    for (const { id, outcome } of settled) {
      this.#folded.inc({ outcome });
      this.#latency.observe(Math.max(0, now - receivedAt(id)) / 1_000);
    }
    const processed = settled.filter(({ outcome }) => outcome === 'processed').map(({ id }) => id);
    if (processed.length > 0) {
      const ended = await this.#database
        .query<{ stage: string; seconds: number }>(stagesStatement, [processed])
        .catch(() => []);
      for (const { stage, seconds } of ended) {
        this.#stages.observe({ stage }, seconds);
      }
    }
  }

  /** Counts a failed attempt. @param state in which the inbox left the event; undefined when somebody else had settled it */
  observeFailed(state: string | undefined): void {
    if (state !== undefined) {
      this.#folded.inc({ outcome: state === 'dead' ? 'dead' : 'retry' });
    }
  }
}
