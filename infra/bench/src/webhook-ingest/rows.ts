import type { Client } from 'pg';
import type { BenchDatabase } from '../database/bench-database.ts';
import type { Event } from './events.ts';

const SESSIONS = 16;

/** Inserts the events as `pgbench` would: 16 sessions, one prepared INSERT and one commit for each row. Answers rows per second. */
export type RowWriter = (events: readonly Event[]) => Promise<number>;

/** A plain table, with nothing but the bytes and the key by which a second delivery is known. */
export async function openRowWriter(database: BenchDatabase): Promise<RowWriter> {
  const admin = await database.admin();
  await admin.query(`
    create table public.plain_events (
      event_id text primary key, type text not null, object_id text, body bytea not null, received_at timestamptz not null default now())`);
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
          await session.query({
            name: 'insert',
            text: 'insert into public.plain_events (event_id, type, object_id, body) values ($1, $2, $3, $4) on conflict do nothing',
            values: [event.id, event.type, event.objectId, event.body],
          });
        }
      }),
    );
    return (events.length / (performance.now() - started)) * 1000;
  };
}
