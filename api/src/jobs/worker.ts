import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { openDatabase } from '../db/database.ts';
import { DatabaseUnavailableError } from '../db/unavailable.ts';
import { ErrorRecorder } from '../errors/error-recorder.ts';
import { createInvitingDoor } from '../identity/clerk-invitations.ts';
import { createMailer } from '../mail/mailer.ts';
import { createMuxClient } from '../mux/client.ts';
import { ShareProofs } from '../playback/share-proofs.ts';
import { SigningKeys } from '../playback/signing-keys.ts';
import { startAuditUpkeep } from './audit-upkeep.ts';
import { CutTelemetry, carryOutCuts } from './carry-out-cuts.ts';
import { carryOutErasures } from './carry-out-erasures.ts';
import { checkDeadLinks } from './check-dead-links.ts';
import { deliverNotices } from './deliver-notices.ts';
import { escalateAlerts } from './escalate-alerts.ts';
import { FoldTelemetry } from './fold-telemetry.ts';
import { foldDueEvents, foldWebhookEvents } from './fold-webhook-events.ts';
import { applyRetention, ensureMonths } from './months.ts';
import { CanaryTelemetry, probeRevocation } from './probe-revocation.ts';
import {
  abuseQueue,
  canaryQueue,
  dailyQueue,
  ensureQueues,
  type FoldJob,
  foldQueue,
  replayQueue,
  upkeepQueue,
  verifyQueue,
} from './queues.ts';
import { reconcileStaleUploads } from './reconcile-uploads.ts';
import { reconciliationJobs } from './reconcile-with-mux.ts';
import { repeat } from './repeating-task.ts';
import { replayDeadEvents } from './replay-dead-events.ts';
import { takeScheduledJobs } from './scheduled-jobs.ts';
import { sendInvitations } from './send-invitations.ts';
import { takeMail } from './take-mail.ts';
import { watchAbuse } from './watch-abuse.ts';
import { watchJobs } from './watch-jobs.ts';
import { openWorkerDoor, type WorkerDoor } from './worker-door.ts';
import { WorkerTelemetry } from './worker-telemetry.ts';

/** Milliseconds between two looks for events whose job was lost. */
const duePauseMs = 3_000;
/** Milliseconds between two looks for steps of approved erasures. */
const erasurePauseMs = 5_000;
/** Milliseconds between two looks for cuts: somebody waits for them. */
const cutPauseMs = 1_000;
/** Milliseconds between two looks for notices that are to be mailed. */
const noticePauseMs = 5_000;
/** Milliseconds between two looks for invitations: an administrator looks at the list. */
const invitationPauseMs = 2_000;
/** Milliseconds that jobs under way get when the worker is asked to end. */
const stopTimeoutMs = 10_000;

export interface Worker {
  /** Port of the door at which it is watched; undefined when it has none. */
  readonly port: number | undefined;
  /** Finishes the jobs under way, takes no more, and closes every connection. */
  close(): Promise<void>;
}

/**
 * Starts the job worker: it folds stored webhook events as they come, looks every few seconds for those whose job was lost, and
 * carries out what is left of approved erasures, of cuts and of invitations; it seals, signs and verifies the audit log; and it takes the jobs that SQL schedules
 * (`app.job_schedule()`), whose runs are on record. Any number of workers may run; each event is folded under a row lock, once, one run of
 * each scheduled job is under way, and one worker seals and signs at a time.
 * @throws when the database cannot be reached, or pg-boss's schema is not the version of this program.
 */
export async function startWorker(config: Config, log: Logger): Promise<Worker> {
  const mux = createMuxClient(config.mux);
  const database = openDatabase({
    url: config.database.url,
    poolMax: config.database.poolMax,
    applicationName: 'mm-worker',
    onConnectionError: (error) => log.warn({ err: error }, 'a database connection broke'),
  });
  const boss = new PgBoss({
    schema: 'pgboss',
    db: { executeSql: (text, values) => database.pool.query(text, values) },
    migrate: false,
    createSchema: false,
    // `mm_service` owns no table: it cannot rebuild indexes, and vacuum is watched elsewhere.
    reindex: false,
    monitorVacuum: false,
  });
  boss.on('warning', (warning) => log.warn({ warning: warning.message }, 'the job queue reported a warning'));

  const telemetry = new WorkerTelemetry(database);
  const { environment, version } = config;
  const errors = new ErrorRecorder(database, telemetry.registry, { environment, version, program: 'worker' });
  const record = (task: string, error: unknown): void => {
    // While the database is away nobody could record it.
    if (!(error instanceof DatabaseUnavailableError)) {
      errors.report({ severity: 'error', code: `worker.${task}`, error });
    }
  };
  const failed =
    (task: string, sentence: string) =>
    (error: unknown): void => {
      log.warn({ err: error }, sentence);
      record(task, error);
    };
  boss.on('error', (error) => {
    log.error({ err: error }, 'the job queue reported an error');
    record('job_queue', error);
  });
  const folding = { database, log, telemetry: new FoldTelemetry(telemetry.registry, database) };
  const signingKeys = new SigningKeys(
    { id: config.mux.signingKeyId, privateKey: config.mux.signingKey },
    database,
    config.mux.keyEncryptionKey,
  );
  const cutDoors = {
    database,
    mux,
    streamUrl: config.mux.streamUrl,
    signer: async () => {
      await signingKeys.look();
      return signingKeys.signer();
    },
  };
  const canaryTelemetry = new CanaryTelemetry(telemetry.registry);
  const cutTelemetry = new CutTelemetry(telemetry.registry);
  let door: WorkerDoor | undefined;
  const send = config.mail === undefined ? undefined : createMailer(config.mail);
  const ending = new AbortController();
  const isStopping = (): boolean => ending.signal.aborted;

  const audit = startAuditUpkeep(config, database, telemetry, errors, log, isStopping);

  try {
    await boss.start();
    await ensureQueues(boss);
    await boss.work<FoldJob>(
      foldQueue,
      { batchSize: 20, pollingIntervalSeconds: 0.5, burstWhenBatchFull: true, perJobResults: true },
      async (jobs) => {
        let status: 'completed' | 'failed' = 'completed';
        try {
          const ids = jobs.flatMap((job) => job.data.webhookEventIds);
          await foldWebhookEvents(folding, ids);
        } catch (error) {
          failed('folding', 'webhook events could not be folded')(error);
          status = 'failed';
        }
        return jobs.map(({ id }) => ({ id, status }));
      },
    );
    if (send !== undefined) {
      const mailing = { database, log, send, proofs: new ShareProofs(config.shareProofKey) };
      await takeMail(boss, mailing, failed('mail', 'a code could not be mailed'));
    }
    await takeScheduledJobs(boss, database, log, [
      {
        name: upkeepQueue,
        pollingIntervalSeconds: 2,
        run: async () => {
          // First what needs nobody but the database.
          const conditions = await watchJobs(database);
          const escalated = await escalateAlerts(database, log);
          return { conditions, escalated, reconciled: await reconcileStaleUploads(database, mux, log) };
        },
      },
      {
        name: dailyQueue,
        pollingIntervalSeconds: 30,
        run: async () => ({
          made: await ensureMonths(database, log),
          dropped: await applyRetention(database, log),
          deadLinksActive: (await checkDeadLinks(database, log)).active.length,
        }),
      },
      {
        name: abuseQueue,
        pollingIntervalSeconds: 5,
        run: async () => ({ found: await watchAbuse(database, log) }),
      },
      {
        name: canaryQueue,
        pollingIntervalSeconds: 10,
        run: () => probeRevocation(config, { database, log, telemetry: canaryTelemetry, ending: ending.signal }),
      },
      { name: replayQueue, pollingIntervalSeconds: 10, run: () => replayDeadEvents(folding, isStopping) },
      {
        name: verifyQueue,
        pollingIntervalSeconds: 30,
        run: async () => {
          await audit.verifyWhole();
          return {};
        },
      },
      ...reconciliationJobs(config, { database, mux, log, ending: ending.signal }),
    ]);
    if (config.workerPort !== undefined) {
      const { host, metricsToken } = config.http;
      door = await openWorkerDoor({ host, metricsToken, port: config.workerPort }, telemetry.registry);
    }
  } catch (error) {
    ending.abort();
    await audit.stop();
    await boss.stop({ graceful: false, close: false });
    await database.close();
    throw error;
  }

  const dueEvents = repeat(
    () => foldDueEvents(folding, isStopping),
    duePauseMs,
    failed('due_events', 'due events could not be folded'),
  );
  const erasing = repeat(
    () => carryOutErasures(database, mux, log, isStopping),
    erasurePauseMs,
    failed('erasing', 'erasures could not be carried out'),
  );
  const cutting = repeat(
    () => carryOutCuts(cutDoors, { log, telemetry: cutTelemetry, isStopping }),
    cutPauseMs,
    failed('cutting', 'cuts could not be carried out'),
  );
  const notices =
    send === undefined
      ? undefined
      : repeat(
          () => deliverNotices({ database, log, send, adminUrl: `${config.http.publicUrl}/admin/` }, isStopping),
          noticePauseMs,
          failed('notices', 'notices could not be mailed'),
        );
  const { inviting } = config;
  const invitations =
    inviting === undefined
      ? undefined
      : repeat(
          () => sendInvitations({ database, log, door: createInvitingDoor(inviting) }, isStopping),
          invitationPauseMs,
          failed('invitations', 'invitations could not be sent'),
        );
  log.info('the worker is ready');

  return {
    port: door?.port,
    async close() {
      ending.abort();
      await Promise.all([
        dueEvents.stop(),
        erasing.stop(),
        cutting.stop(),
        audit.stop(),
        notices?.stop(),
        invitations?.stop(),
        door?.close(),
      ]);
      await boss.stop({ graceful: true, close: false, timeout: stopTimeoutMs });
      await errors.close();
      await database.close();
    },
  };
}
