import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import type { ErrorRecorder } from '../errors/error-recorder.ts';
import { repeat } from './repeating-task.ts';
import { sealAuditLog } from './seal-audit-log.ts';
import { AuditLogBrokenError, CheckpointSigner } from './sign-audit-checkpoint.ts';
import { verifyAuditLog } from './verify-audit-log.ts';
import type { WorkerTelemetry } from './worker-telemetry.ts';

/** Milliseconds between two batches of the audit log: an entry is sealed within about a second. */
const sealPauseMs = 500;
/** Milliseconds between two looks at the recent batches, and how far they go back. */
const recentPauseMs = 3_600_000;
const recentMs = 2 * recentPauseMs;

export interface AuditUpkeep {
  /** Works the whole log out anew; run daily, by one worker. */
  verifyWhole(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * What keeps the audit log provable: entries are sealed twice a second; the log is signed whenever it has grown; the recent batches are
 * worked out anew at the start and every hour. What is found wrong is logged as fatal and shown by `mm_audit_log_intact`.
 */
export function startAuditUpkeep(
  config: Config,
  database: Database,
  telemetry: WorkerTelemetry,
  errors: ErrorRecorder,
  log: Logger,
  isStopping: () => boolean,
): AuditUpkeep {
  const broken = (error: unknown): void => errors.report({ severity: 'critical', code: 'audit_log.broken', error });
  const verify = async (check: 'recent' | 'whole', since: Date | undefined): Promise<void> => {
    const fault = await verifyAuditLog(database, since, isStopping);
    if (fault !== undefined) {
      log.fatal({ ...fault, check }, 'the audit log is not what was sealed');
      broken('The audit log is not what was sealed.');
    } else if (!isStopping()) {
      log.info({ check }, 'the audit log is what was sealed');
    }
    if (fault !== undefined || !isStopping()) {
      telemetry.observeCheck(check, fault === undefined);
    }
  };

  const tasks = [
    repeat(
      () => sealAuditLog(database, isStopping),
      sealPauseMs,
      (error) => log.warn({ err: error }, 'the audit log could not be sealed'),
    ),
    repeat(
      () => verify('recent', new Date(Date.now() - recentMs)),
      recentPauseMs,
      (error) => log.error({ err: error }, 'the audit log could not be verified'),
    ),
  ];
  if (config.auditSigning === undefined) {
    log.warn('checkpoints of the audit log are not signed: AUDIT_SIGNING_KEY is not set');
  } else {
    const signer = new CheckpointSigner(database, config.auditSigning);
    tasks.push(
      repeat(
        async () => {
          const size = await signer.run();
          telemetry.observeCheck('checkpoints', true);
          telemetry.observeCheckpoint();
          if (size !== undefined) {
            log.debug({ size }, 'the audit log was signed');
          }
        },
        config.auditSigning.everySeconds * 1_000,
        (error) => {
          if (error instanceof AuditLogBrokenError) {
            telemetry.observeCheck('checkpoints', false);
            log.fatal({ err: error }, 'the audit log is not signed any more: it is not what was signed');
            broken(error);
          } else {
            log.error({ err: error }, 'the audit log could not be signed');
          }
        },
      ),
    );
  }

  return {
    verifyWhole: () => verify('whole', undefined),
    async stop() {
      await Promise.all(tasks.map((task) => task.stop()));
    },
  };
}
