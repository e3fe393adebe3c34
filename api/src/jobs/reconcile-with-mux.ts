import { setTimeout as delay } from 'node:timers/promises';
import type Mux from '@mux/mux-node';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import { reconcile } from '../reconciliation/reconcile.ts';
import { reconcileQueues } from './queues.ts';
import type { ScheduledJob } from './scheduled-jobs.ts';

interface Doors {
  readonly database: Database;
  readonly mux: Mux;
  readonly log: Logger;
  /** Aborted when the worker is asked to end: the run is left, and the next one goes on with it. */
  readonly ending: AbortSignal;
}

/** The jobs that compare uploads and assets with Mux: light of what is new, whole of everything (JB-08). */
export function reconciliationJobs(config: Config, { database, mux, log, ending }: Doors): ScheduledJob[] {
  return (['light', 'whole'] as const).map((kind) => ({
    name: reconcileQueues[kind],
    pollingIntervalSeconds: 10,
    run: async () => {
      const report = await reconcile(database, mux, log, {
        kind,
        orphans: config.mux.orphans,
        wait: (ms) => delay(ms, undefined, { signal: ending }),
      });
      // Somebody at a terminal, or the other kind, is at it.
      return report === undefined ? { skipped: 1 } : { listCalls: report.list_calls, ...report.found };
    },
  }));
}
