import { Counter, type Registry } from '@prometheus-io/client';
import type { Database } from '../db/database.ts';

const statement = {
  name: 'record_error_event',
  text: `select app.record_error_event(environment => $1, severity => $2, code => $3, message => $4, stack => $5, context => $6,
                                       request_id => $7)`,
};

/** Errors that wait for their turn; what comes when there are so many is dropped. */
const mostWaiting = 100;

/** What went wrong, as whoever caught it knows it. The database scrubs it; secrets and personal values do not belong here even so. */
export interface ErrorReport {
  readonly severity: 'warning' | 'error' | 'critical';
  /** Stable, such as `service.failed` or `worker.sealing`. */
  readonly code: string;
  readonly error: unknown;
  readonly context?: Readonly<Record<string, string | number>>;
  readonly requestId?: string;
}

/**
 * Records errors in the database, where operations see them grouped (OB-04). Reporting never waits and never throws: one report is
 * written at a time, at most a hundred wait, and while requests wait for a connection none is written. What is dropped or cannot be written
 * is counted by `mm_error_events_total`; the log has it in any case.
 */
export class ErrorRecorder {
  readonly #database: Database;
  readonly #place: { readonly environment: string; readonly program: string; readonly version: string };
  readonly #counter: Counter<'outcome'>;
  readonly #waiting: ErrorReport[] = [];
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(
    database: Database,
    registry: Registry,
    place: { readonly environment: string; readonly program: 'api' | 'worker'; readonly version: string },
  ) {
    this.#database = database;
    this.#place = place;
    this.#counter = new Counter({
      name: 'mm_error_events_total',
      help: 'Errors that were to be recorded in the database by outcome: recorded, dropped (too many, or the database is busy), failed.',
      labelNames: ['outcome'] as const,
      registers: [registry],
    });
    for (const outcome of ['recorded', 'dropped', 'failed']) {
      this.#counter.inc({ outcome }, 0);
    }
  }

  report(report: ErrorReport): void {
    if (this.#closed || this.#waiting.length >= mostWaiting || this.#database.pool.waitingCount > 0) {
      this.#counter.inc({ outcome: 'dropped' });
      return;
    }
    this.#waiting.push(report);
    this.#running ??= this.#run();
  }

  /** Writes what waits; what is reported from now on is dropped. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let report = this.#waiting.shift(); report !== undefined; report = this.#waiting.shift()) {
      const outcome = await this.#write(report).then(
        () => 'recorded',
        () => 'failed',
      );
      this.#counter.inc({ outcome });
    }
    this.#running = undefined;
  }

  async #write({ severity, code, error, context, requestId }: ErrorReport): Promise<void> {
    const { environment, program, version } = this.#place;
    await this.#database.query(statement, [
      environment,
      severity,
      code,
      error instanceof Error ? error.message : String(error),
      error instanceof Error ? (error.stack ?? null) : null,
      JSON.stringify({ program, version, ...context }),
      requestId ?? null,
    ]);
  }
}
