import type { Client } from 'pg';

/** Prepares filling: so many coaches, of whom the seeded Amelia is one. */
export async function prepareFilling(admin: Client, coaches = 500): Promise<void> {
  // Foreign keys and audit triggers would check and record rows that are right by construction. Checks of columns still hold.
  await admin.query(`set session_replication_role = replica`);
  await admin.query('select app.ensure_months(behind => 5)');
  await admin.query(
    `insert into app.profiles (subject, role, email, display_name)
     select 'bench_coach_' || n, 'coach', 'coach' || n || '@example.com', 'Coach ' || n from generate_series(2, $1) n`,
    [coaches],
  );
  await admin.query(
    `create temporary table coach as
     select (row_number() over (order by subject <> 'user_amelia_hart', subject) - 1)::int as n, id from app.profiles where role = 'coach'
     order by 1 limit ${coaches}`,
  );
  await admin.query('create unique index on pg_temp.coach (n) include (id)');
}

/**
 * Adds rows `from` (inclusive) to `to` (exclusive) to each of videos, uploads, share links and playback decisions: every coach has as many
 * as every other, every video one link, every link so many plays. A later row is newer, by ten seconds.
 */
export async function fill(admin: Client, from: number, to: number, playsOfLink = 1): Promise<void> {
  const rows = (table: string) => `
    from generate_series(${from}, ${to - 1}) i
    join pg_temp.coach on coach.n = i % (select count(*) from pg_temp.coach)
    cross join lateral (select timestamptz 'now' - interval '120 days' + i * interval '10 s' as at) t
    cross join lateral (select pg_temp.id_of('video', i) as video_id, pg_temp.id_of('${table}', i) as id) k`;
  await admin.query(`
    create or replace function pg_temp.id_of(kind text, i bigint) returns uuid language sql immutable
    return (left(lpad(to_hex(i), 12, '0'), 8) || '-' || right(lpad(to_hex(i), 12, '0'), 4) || '-7000-8000-' || left(md5(kind), 12))::uuid`);
  await admin.query(`
    insert into app.videos (id, coach_id, title, status, duration_seconds, aspect_ratio, created_at, updated_at, ready_at)
    select k.id, coach.id, 'Video ' || i, 'ready', 60, '16:9', at, at, at ${rows('video')}`);
  await admin.query(`
    insert into app.upload_jobs (
      id, video_id, coach_id, state, file_name, file_size_bytes, content_type, expires_at, requested_at, finished_at)
    select k.id, video_id, coach.id, 'ready', 'squat.mp4', 1000, 'video/mp4', at, at, at ${rows('upload')}`);
  await admin.query(`
    insert into app.share_tokens (
      id, public_id, secret_hash, video_id, coach_id, label, created_by, created_at, expires_at)
    select k.id, lpad(i::text, 12, '0'), sha256(i::text::bytea), video_id, coach.id, 'Link ' || i, coach.id, at, at + interval '7 days'
    ${rows('share')}`);
  await admin.query('select app.ensure_months(behind => 5)');
  await admin.query(`
    insert into app.playback_decisions (
      id, decided_at, kind, allowed, rule, share_token_id, video_id, coach_id, public_id, request_id, user_agent_family, token_expires_at)
    select pg_temp.id_of('decision', i * ${playsOfLink} + play), at + play * interval '1 s', 'share', true, 'play.allowed',
           pg_temp.id_of('share', i), video_id, coach.id, lpad(i::text, 12, '0'), 'bench-' || i, 'Firefox', at + interval '5 minutes'
    ${rows('decision')} cross join generate_series(0, ${playsOfLink - 1}) play`);
  await admin.query(
    'vacuum (analyze) app.profiles, app.videos, app.upload_jobs, app.share_tokens, app.playback_decisions',
  );
}
