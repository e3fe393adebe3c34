import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import type { WireRequest } from '../http/connections.ts';

/** Links named by `set` and a number from 1, so that a client knows the id and secret of each without reading a million rows. */
export type LinkSet = { set: string; links: number; videos: number };

const hash = (text: string) => createHash('sha256').update(text).digest();

/** The id of a link: twelve letters and digits, spread evenly over the index. */
export function publicIdOf(set: string, n: number): string {
  return hash(`${set}${n}`).toString('base64').slice(0, 12).replaceAll('+', 'Z').replaceAll('/', 'z');
}

const secretOf = (set: string, n: number) => hash(`${set} secret ${n}`).toString('base64url');

/** What a page sends to open the link. */
export function opening(publicId: string, secret: string): WireRequest {
  const body = JSON.stringify({ secret });
  return Buffer.from(
    `POST /api/share/${publicId} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
}

/** The opening of the link with that number. */
export const openingOf = (set: string, n: number): WireRequest => opening(publicIdOf(set, n), secretOf(set, n));

/** The openings of links 1 to `count`, or of every `step`th, in turns without end. */
export function openingsOf(set: string, count: number, step = 1): () => WireRequest {
  const requests = Array.from({ length: count }, (_, k) => openingOf(set, 1 + k * step));
  let next = 0;
  return () => requests[next++ % requests.length] ?? openingOf(set, 1);
}

/** Makes ready videos of the seeded coach Amelia and share links to them in turns. */
export async function seedLinks(admin: Client, { set, links, videos }: LinkSet): Promise<void> {
  // Foreign keys and audit triggers would check and record rows that are right by construction. Checks of columns still hold.
  await admin.query('set session_replication_role = replica');
  await admin.query(
    `create temporary table seeded as
     select n, uuidv7() as id, p.id as coach_id, uuidv7() as job_id
     from generate_series(0, ${videos - 1}) n, app.profiles p where p.subject = 'user_amelia_hart'`,
  );
  await admin.query(`
    insert into app.videos (id, coach_id, title, status, duration_seconds, aspect_ratio, ready_at)
    select id, coach_id, 'Bench ' || n, 'ready', 60, '16:9', now() from seeded`);
  await admin.query(`
    insert into app.upload_jobs (id, video_id, coach_id, state, file_name, file_size_bytes, content_type, expires_at, finished_at)
    select job_id, id, coach_id, 'ready', 'bench.mp4', 1, 'video/mp4', now(), now() from seeded`);
  await admin.query(
    `insert into app.mux_assets (id, video_id, upload_job_id, status, playback_id, playback_id_observed_at, created_at, ready_at)
     select 'asset-' || id, id, job_id, 'ready', 'playback-' || id, now(), now(), now() from seeded`,
  );
  await admin.query(
    `insert into app.share_tokens (public_id, secret_hash, video_id, coach_id, created_by, expires_at)
     select translate(left(encode(sha256(convert_to($1 || l.n, 'UTF8')), 'base64'), 12), '+/', 'Zz'),
            sha256(convert_to(translate(rtrim(encode(sha256(convert_to($1 || ' secret ' || l.n, 'UTF8')), 'base64'), '='), '+/', '-_'), 'UTF8')),
            v.id, v.coach_id, v.coach_id, now() + interval '7 days'
     from generate_series(1, ${links}) l (n) join seeded v on v.n = l.n % ${videos}`,
    [set],
  );
  await admin.query('drop table seeded');
  await admin.query('set session_replication_role = origin');
  await admin.query('vacuum (analyze)');
}
