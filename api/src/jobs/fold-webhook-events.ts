import { DatabaseError } from 'pg';
import type { Logger } from 'pino';
import { crashPoint } from '../crash-point.ts';
import type { Database } from '../db/database.ts';
import { DatabaseUnavailableError } from '../db/unavailable.ts';
import { type FoldOutcome, type FoldTelemetry, receivedAt } from './fold-telemetry.ts';

const foldStatement = { name: 'fold_webhook_event', text: 'select app.fold_webhook_event($1) as outcome' };
const foldManyStatement = { name: 'fold_webhook_events', text: 'select id, outcome from app.fold_webhook_events($1)' };
const failStatement = { name: 'fail_webhook_event', text: 'select state from app.fail_webhook_event($1, $2)' };
const dueStatement = { name: 'due_webhook_events', text: 'select app.due_webhook_events($1) as id' };

/** What folding needs: the inbox, and who is told what became of it. */
export interface Folding {
  readonly database: Database;
  readonly log: Logger;
  readonly telemetry: FoldTelemetry;
}

/** Milliseconds within which an event's own job is expected to fold it. */
const jobPatienceMs = 5_000;

/** Due events asked for at once; what is left comes with the next question. */
const dueBatch = 500;

/** Events folded in one transaction (the database takes 60): one commit for all, and no lock is held for long. */
const foldBatch = 50;

/** Transactions under way at the same time: a backlog is folded by the processor, and the database has several. */
const lanes = 2;

/**
 * Whether the trouble is the database's own and not the event's: it is away, is ending, or has no disk, memory or connection left (SQLSTATE
 * class 53 and 57P01 to 57P05, https://www.postgresql.org/docs/current/errcodes-appendix.html). Such a failure is no attempt of the event.
 */
const isTroubleOfDatabase = (error: unknown): boolean =>
  error instanceof DatabaseUnavailableError || (error instanceof DatabaseError && /^(53|57P)/.test(error.code ?? ''));

/** What is kept of an error, for the operators' page: its message, which SQL wrote for that purpose. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 1_000);
}

/**
 * Folds one stored event by itself. A failure is counted, so that it comes again later or is dead.
 * @returns whether this call settled the event.
 * @throws the trouble of the database, if it is in one: the event is as it was, and stays due.
 */
async function foldWebhookEvent({ database, log, telemetry }: Folding, id: string): Promise<boolean> {
  try {
    const [row] = await database.query<{ outcome: string }>(foldStatement, [id]);
    log.info({ webhookEventId: id, outcome: row?.outcome }, 'webhook event folded');
    if (row !== undefined) {
      await telemetry.observeFolded([{ id, outcome: row.outcome }]);
    }
    return row?.outcome !== 'skipped';
  } catch (error) {
    if (isTroubleOfDatabase(error)) throw error;
    log.error({ webhookEventId: id, err: error }, 'webhook event could not be folded');
    const [failed] = await database.query<{ state: string | null }>(failStatement, [id, messageOf(error)]);
    telemetry.observeFailed(failed?.state ?? undefined);
    return false;
  }
}

/** Folds events in one transaction; those that fail in it are tried again by themselves, which counts the failure. */
async function foldTogether(folding: Folding, ids: readonly string[]): Promise<number> {
  const { database, log, telemetry } = folding;
  let settled = 0;
  let failed = ids;
  crashPoint('fold.begun');
  try {
    const rows = await database.query<FoldOutcome>(foldManyStatement, [ids]);
    crashPoint('fold.committed');
    failed = rows.filter((row) => row.outcome === 'failed').map((row) => row.id);
    settled = rows.length - failed.length;
    for (const { id, outcome } of rows.filter((row) => row.outcome !== 'failed')) {
      log.info({ webhookEventId: id, outcome }, 'webhook event folded');
    }
    await telemetry.observeFolded(rows);
  } catch (error) {
    if (error instanceof DatabaseUnavailableError) {
      throw error;
    }
    if (!isTroubleOfDatabase(error))
      log.warn({ err: error, events: ids.length }, 'webhook events could not be folded together');
  }
  return settled + (await foldEach(folding, failed));
}

/** Folds events one by one. A database in trouble is said once for all that it leaves as they were; one that is away is asked no more. */
async function foldEach(folding: Folding, ids: readonly string[]): Promise<number> {
  let settled = 0;
  let tried = 0;
  const troubles: unknown[] = [];
  for (const id of ids) {
    tried += 1;
    try {
      settled += (await foldWebhookEvent(folding, id)) ? 1 : 0;
    } catch (error) {
      if (!isTroubleOfDatabase(error)) throw error;
      troubles.push(error);
      if (error instanceof DatabaseUnavailableError) break;
    }
  }
  if (troubles.length > 0) {
    const events = troubles.length + ids.length - tried;
    folding.log.warn(
      { err: troubles.at(-1), events },
      'webhook events were not folded, for the database is in trouble',
    );
  }
  return settled;
}

/**
 * Folds stored events, many in one transaction. One that cannot be folded is counted as a failed attempt and comes again later, or is laid
 * aside as dead after the last attempt; it never holds up its neighbours.
 * @returns how many this call settled; not those that another worker has, nor those that are to come again.
 * @throws {DatabaseUnavailableError} when the database is away: what is not folded stays as it was.
 */
export async function foldWebhookEvents(
  folding: Folding,
  ids: readonly string[],
  isStopping: () => boolean = () => false,
): Promise<number> {
  let settled = 0;
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < ids.length && !isStopping()) {
      const batch = ids.slice(next, next + foldBatch);
      next += foldBatch;
      const count = await foldTogether(folding, batch);
      settled += count;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return settled;
}

/**
 * Folds every event that is due, oldest first: those whose job was lost with a worker, failed ones whose time has come, and dead ones that
 * are replayed. Events that have only just come are left to their jobs, so that a failure is not counted twice.
 * @returns how many were settled.
 */
export async function foldDueEvents(folding: Folding, isStopping: () => boolean = () => false): Promise<number> {
  let total = 0;
  for (;;) {
    const due = await folding.database.query<{ id: string }>(dueStatement, [dueBatch]);
    const waiting = due.map(({ id }) => id).filter((id) => Date.now() - receivedAt(id) > jobPatienceMs);
    const settled = await foldWebhookEvents(folding, waiting, isStopping);
    total += settled;
    // A full batch of which nothing could be settled would come back at once; leave it to the next pass.
    if (due.length < dueBatch || settled === 0 || isStopping()) {
      return total;
    }
  }
}
