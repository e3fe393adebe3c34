import { collectDefaultMetrics, Gauge, Registry } from '@prometheus-io/client';
import type { Database } from '../db/database.ts';

const lagStatement = { name: 'seal_lag', text: 'select audit.seal_lag() as lag' };

/** What can be found wrong with the audit log: each part is looked at by a task of its own. */
export type AuditCheck = 'checkpoints' | 'recent' | 'whole';

/** What the worker tells about itself and about the audit log, which it seals, signs and checks. */
export class WorkerTelemetry {
  readonly registry = new Registry();
  readonly #intact: Gauge<'check'>;
  #coveredAt: number | undefined;

  constructor(database: Database) {
    collectDefaultMetrics({ register: this.registry });
    this.#intact = new Gauge({
      name: 'mm_audit_log_intact',
      help: 'Whether the audit log was found as it should be: 1, or 0 when something is wrong, by what was looked at (checkpoints, recent, whole). No value before the first look.',
      labelNames: ['check'] as const,
      registers: [this.registry],
    });
    new Gauge({
      name: 'mm_audit_seal_lag_seconds',
      help: 'How long the oldest entry that could be sealed has waited; 0 when all are sealed.',
      registers: [this.registry],
      async collect() {
        const [row] = await database.query<{ lag: number }>(lagStatement, []);
        this.set(row?.lag ?? Number.NaN);
      },
    });
    const coveredAt = (): number | undefined => this.#coveredAt;
    new Gauge({
      name: 'mm_audit_checkpoint_age_seconds',
      help: 'How long ago this worker last found the whole log signed, or signed it. Grows while signing is refused or fails; NaN before the first time.',
      registers: [this.registry],
      collect() {
        const at = coveredAt();
        this.set(at === undefined ? Number.NaN : (Date.now() - at) / 1_000);
      },
    });
  }

  /** The outcome of one look at the log. */
  observeCheck(check: AuditCheck, isIntact: boolean): void {
    this.#intact.set({ check }, isIntact ? 1 : 0);
  }

  /** The log is signed as it stands. */
  observeCheckpoint(now: number = Date.now()): void {
    this.#coveredAt = now;
  }
}
