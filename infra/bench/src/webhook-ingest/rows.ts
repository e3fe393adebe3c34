import type { Client } from 'pg';
import type { BenchDatabase } from '../database/bench-database.ts';
import type { Event } from './events.ts';

const SESSIONS = 16;

/** Inserts the events as `pgbench` would: 16 sessions, one prepared INSERT and one commit for each. Answers events per second. */
export type RowWriter = (events: readonly Event[]) => Promise<number>;

/** What a bound inserts, and where. */
type Insert = { prepare?: string; text: string };

/** The same rows as a webhook leaves, in the inbox's own tables with their indexes, checks and triggers; no job, and nothing verified. */
export const inboxRows: Insert = {
  text: `
    with receipt as (
      insert into app.webhook_receipts (provider, event_id, webhook_event_id) values ('mux', $1, uuidv7()) on conflict do nothing
      returning webhook_event_id
    )
    insert into app.webhook_events (id, provider, event_id, type, object_id, body, signed_at)
    select r.webhook_event_id, 'mux', $1, $2, $3, $4, now() from receipt r`,
};

/** A plain table, with nothing but the bytes and the key by which a second delivery is known. */
export const plainRows: Insert = {
  prepare: `
    create table public.plain_events (
      event_id text primary key, type text not null, object_id text, body bytea not null, received_at timestamptz not null default now())`,
  text: 'insert into public.plain_events (event_id, type, object_id, body) values ($1, $2, $3, $4) on conflict do nothing',
};

export async function openRowWriter(database: BenchDatabase, { prepare, text }: Insert): Promise<RowWriter> {
  const admin = await database.admin();
  if (prepare !== undefined) await admin.query(prepare);
  const sessions: Client[] = await Promise.all(Array.from({ length: SESSIONS }, () => database.admin()));
  return async (events) => {
    let next = 0;
    const started = performance.now();
    await Promise.all(
      sessions.map(async (session) => {
        for (;;) {
          const event = events[next];
          next += 1;
          if (event === undefined) return;
          await session.query({ name: 'insert', text, values: [event.id, event.type, event.objectId, event.body] });
        }
      }),
    );
    return (events.length / (performance.now() - started)) * 1000;
  };
}
