import { z } from 'zod';
import type { Database } from './database.ts';

const eventState = z.enum(['pending', 'delivered', 'abandoned', 'dropped']);

const eventRow = z
  .object({
    id: z.string(),
    type: z.string(),
    object_id: z.string(),
    body: z.string(),
    state: eventState,
    attempts: z.number(),
    created_at: z.number(),
    next_attempt_at: z.number(),
  })
  .transform((columns) => ({
    id: columns.id,
    type: columns.type,
    objectId: columns.object_id,
    /** The JSON text, byte for byte as every attempt sends it. */
    body: columns.body,
    state: columns.state,
    attempts: columns.attempts,
    createdAt: columns.created_at,
    nextAttemptAt: columns.next_attempt_at,
  }));

const deliveryRow = z
  .object({
    event_id: z.string(),
    type: z.string(),
    attempt: z.number(),
    at: z.number(),
    outcome: z.enum(['delivered', 'refused', 'timeout', 'unreachable']),
    status: z.number().nullable(),
  })
  .transform(({ event_id, at, ...columns }) => ({ eventId: event_id, at: new Date(at).toISOString(), ...columns }));

export type WebhookEvent = z.infer<typeof eventRow>;
export type Delivery = z.infer<typeof deliveryRow>;

/** The outbox: an event is written in the transaction of the change that it tells of, and sent afterwards. */
export class WebhookEventStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  add(event: { id: string; type: string; objectId: string; body: string }, now: number): void {
    this.#db.run(
      `insert into webhook_events (id, type, object_id, body, state, created_at, next_attempt_at)
       values (?, ?, ?, ?, 'pending', ?, ?)`,
      event.id,
      event.type,
      event.objectId,
      event.body,
      now,
      now,
    );
  }

  find(id: string): WebhookEvent | undefined {
    const found = this.#db.one('select * from webhook_events where id = ?', id);
    return found && eventRow.parse(found);
  }

  /** What is to be sent by `now`, in the order in which it came up. */
  due(now: number, limit: number): WebhookEvent[] {
    return this.#db
      .all(
        "select * from webhook_events where state = 'pending' and next_attempt_at <= ? order by seq limit ?",
        now,
        limit,
      )
      .map((found) => eventRow.parse(found));
  }

  /** When the next one after `now` is due, or null when none is left. */
  nextDueAfter(now: number): number | null {
    const found = this.#db.one(
      "select min(next_attempt_at) as due from webhook_events where state = 'pending' and next_attempt_at > ?",
      now,
    );
    return z
      .number()
      .nullable()
      .parse(found?.due ?? null);
  }

  /** Makes everything unsent due at once: after a restart nothing waits for a delay that began in another life. */
  makeAllDue(now: number): void {
    this.#db.run(
      "update webhook_events set next_attempt_at = ? where state = 'pending' and next_attempt_at > ?",
      now,
      now,
    );
  }

  /** The newest events, oldest of them first. */
  recent(limit: number): WebhookEvent[] {
    return this.#db
      .all('select * from (select * from webhook_events order by seq desc limit ?) order by seq', limit)
      .map((found) => eventRow.parse(found));
  }

  setState(id: string, state: z.infer<typeof eventState>): void {
    this.#db.run('update webhook_events set state = ? where id = ?', state, id);
  }

  postpone(id: string, nextAttemptAt: number): void {
    this.#db.run('update webhook_events set next_attempt_at = ? where id = ?', nextAttemptAt, id);
  }

  /** Counts an attempt and remembers how it ended. Returns its number, beginning with 1. */
  recordAttempt(id: string, outcome: Delivery['outcome'], status: number | null, now: number): number {
    return this.#db.transaction(() => {
      this.#db.run('update webhook_events set attempts = attempts + 1 where id = ?', id);
      const attempt = z.number().parse(this.#db.one('select attempts from webhook_events where id = ?', id)?.attempts);
      this.#db.run(
        'insert into webhook_deliveries (event_id, attempt, at, outcome, status) values (?, ?, ?, ?, ?)',
        id,
        attempt,
        now,
        outcome,
        status,
      );
      return attempt;
    });
  }

  /** The newest deliveries, oldest of them first. */
  deliveries(limit: number): Delivery[] {
    return this.#db
      .all(
        `select * from (
           select d.*, e.type from webhook_deliveries d join webhook_events e on e.id = d.event_id
           order by d.seq desc limit ?
         ) order by seq`,
        limit,
      )
      .map((found) => deliveryRow.parse(found));
  }

  /** Number of events per state. */
  counts(): Record<string, number> {
    const rows = this.#db.all('select state, count(*) as n from webhook_events group by state');
    return Object.fromEntries(rows.map((found) => [String(found.state), Number(found.n)]));
  }
}
