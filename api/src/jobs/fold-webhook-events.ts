import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';

const foldStatement = { name: 'fold_webhook_event', text: 'select app.fold_webhook_event($1) as outcome' };
const failStatement = { name: 'fail_webhook_event', text: 'select app.fail_webhook_event($1, $2)' };
const dueStatement = { name: 'due_webhook_events', text: 'select app.due_webhook_events($1) as id' };

/** Milliseconds within which an event's own job is expected to fold it. */
const jobPatienceMs = 5_000;

/** When a row was written: the first 48 bits of a UUIDv7 are milliseconds since the epoch (RFC 9562). */
function writtenAt(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}

/** Events folded one after the other per pass; what is left comes in the next one. */
const batchSize = 100;

/** What is kept of an error, for the operators' page: its message, which SQL wrote for that purpose. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 1_000);
}

/**
 * Folds one stored event into the state of its upload, asset and video. That is one SQL call, so a worker killed in the middle leaves
 * the event as it was. An event that cannot be folded is counted as a failed attempt and comes again later, or is laid aside as
 * dead after the last attempt; it never holds up its neighbours.
 * @returns whether this call settled the event; false when another worker has it, or when it is to come again.
 * @throws {DatabaseUnavailableError} when not even the failure could be recorded.
 */
export async function foldWebhookEvent(database: Database, log: Logger, id: string): Promise<boolean> {
  try {
    const [row] = await database.query<{ outcome: string }>(foldStatement, [id]);
    log.info({ webhookEventId: id, outcome: row?.outcome }, 'webhook event folded');
    return row?.outcome !== 'skipped';
  } catch (error) {
    log.error({ webhookEventId: id, err: error }, 'webhook event could not be folded');
    await database.query(failStatement, [id, messageOf(error)]);
    return false;
  }
}

/**
 * Folds every event that is due, oldest first: those whose job was lost with a worker, and failed ones whose time has come. Events
 * that have only just come are left to their jobs, so that a failure is not counted twice.
 * @returns how many were settled.
 */
export async function foldDueEvents(
  database: Database,
  log: Logger,
  isStopping: () => boolean = () => false,
): Promise<number> {
  let total = 0;
  for (;;) {
    const due = await database.query<{ id: string }>(dueStatement, [batchSize]);
    let settled = 0;
    for (const { id } of due.filter((event) => Date.now() - writtenAt(event.id) > jobPatienceMs)) {
      if (isStopping()) {
        return total;
      }
      settled += (await foldWebhookEvent(database, log, id)) ? 1 : 0;
    }
    total += settled;
    // A full batch of which nothing could be settled would come back at once; leave it to the next pass.
    if (due.length < batchSize || settled === 0) {
      return total;
    }
  }
}
