import type { Client } from 'pg';

/** Adds as many events to the inbox and entries to the audit log as `fill` adds links; each coach has as many entries as every other. */
export async function fillLogs(admin: Client, count: number): Promise<void> {
  const rows = `from generate_series(0, ${count - 1}) i
    join pg_temp.coach on coach.n = i % (select count(*) from pg_temp.coach)
    cross join lateral (select timestamptz 'now' - interval '120 days' + i * interval '10 s' as at) t`;
  await admin.query(`
    insert into app.webhook_events (id, provider, event_id, type, object_id, body, signed_at, received_at, state, processed_at)
    select pg_temp.id_of('event', i), 'mux', 'event-' || i, 'video.asset.ready', 'asset-' || i, '{}', at, at, 'processed', at ${rows}`);
  await admin.query(`
    insert into audit.entries (
      id, occurred_at, actor_subject, actor_profile_id, actor_role, door, request_id, action, object_type, object_id, owner_id, after)
    select pg_temp.id_of('entry', i), at, 'bench', coach.id, 'mm_coach', 'rest', 'bench-' || i, 'share_token.created', 'share_token',
           pg_temp.id_of('share', i)::text, coach.id, jsonb_build_object('label', 'Link ' || i) ${rows}`);
  await admin.query('vacuum (analyze) app.webhook_events, audit.entries');
}
