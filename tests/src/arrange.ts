import { createHash, randomBytes } from 'node:crypto';
import type { QueryResultRow } from 'pg';
import type { TestDatabase } from './database.ts';
import type { PersonaName } from './personas.ts';

export type CoachName = Extract<PersonaName, 'amelia' | 'ben'>;
export type Upload = { uploadJobId: string; videoId: string; muxUploadId: string; assetId: string; playbackId: string };
export type Share = { id: string; publicId: string; secret: string; expiresAt: Date };

/** The first row of a query's answer; an error when there is none. */
export function only<Row extends QueryResultRow>(result: { rows: Row[] }): Row {
  const [row] = result.rows;
  if (row === undefined) throw new Error('The query answered no row.');
  return row;
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** An upload that a coach asked for and Mux was told about: state uploading. */
export async function arrangeUpload(database: TestDatabase, coach: CoachName, title = 'Squat'): Promise<Upload> {
  const job = await database.asUser(
    coach,
    async (client) =>
      only(
        await client.query<{ upload_job_id: string; video_id: string }>(
          `select upload_job_id, video_id from api.request_upload($1, 'Private notes on squats', 'squat.mp4', 1000, 'video/mp4')`,
          [title],
        ),
      ),
    { keep: true },
  );
  const unique = randomBytes(8).toString('hex');
  await database.service.query(`select app.attach_upload($1, $2, now() + interval '1 hour')`, [
    job.upload_job_id,
    `upload-${unique}`,
  ]);
  return {
    uploadJobId: job.upload_job_id,
    videoId: job.video_id,
    muxUploadId: `upload-${unique}`,
    assetId: `asset-${unique}`,
    playbackId: `playback-${unique}`,
  };
}

/** A video whose media are ready. */
export async function arrangeVideo(database: TestDatabase, coach: CoachName, title = 'Squat'): Promise<Upload> {
  const upload = await arrangeUpload(database, coach, title);
  await database.service.query('select app.apply_asset_snapshot($1)', [assetOf(upload, 'ready')]);
  return upload;
}

/** A Mux asset of an upload, in the vendor's shape. */
export function assetOf(upload: Upload, status: 'preparing' | 'ready' | 'errored'): Record<string, unknown> {
  return {
    id: upload.assetId,
    status,
    upload_id: upload.muxUploadId,
    passthrough: upload.uploadJobId,
    playback_ids: [{ id: upload.playbackId, policy: 'signed' }],
    ...(status === 'ready' ? { duration: 10.5, aspect_ratio: '16:9' } : {}),
    ...(status === 'errored' ? { errors: { type: 'invalid_input', messages: ['The file is no video.'] } } : {}),
  };
}

/** Arguments of `api.create_share_token` besides the video, by their names in SQL. */
export type ShareOptions = {
  expires_at?: Date;
  label?: string;
  starts_at?: Date;
  max_views?: number;
  recipients?: string[];
  passphrase_hash?: string;
  sign_in_required?: boolean;
  embed_origins?: string[];
  note?: string;
};

/** A share link, made by its owner through the door. */
export async function arrangeShare(
  database: TestDatabase,
  owner: PersonaName,
  videoId: string,
  options: ShareOptions = {},
): Promise<Share> {
  const names = Object.keys(options).map((name, i) => `, ${name} => $${i + 2}`);
  return database.asUser(
    owner,
    async (client) => {
      const row = only(
        await client.query<{ id: string; public_id: string; secret: string; expires_at: Date }>(
          `select id, public_id, secret, expires_at from api.create_share_token($1${names.join('')})`,
          [videoId, ...Object.values(options)],
        ),
      );
      return { id: row.id, publicId: row.public_id, secret: row.secret, expiresAt: row.expires_at };
    },
    { keep: true },
  );
}

/** A share link as time has left it: made so many hours ago (fractions count), living so many hours, starting in so many hours. */
export async function arrangeShareInTime(
  database: TestDatabase,
  upload: Upload,
  {
    madeHoursAgo = 0,
    lifeHours = 168,
    startsInHours = null,
  }: { madeHoursAgo?: number; lifeHours?: number; startsInHours?: number | null },
): Promise<Share> {
  const secret = randomBytes(32).toString('base64url');
  const row = only(
    await database.admin.query<{ id: string; public_id: string; expires_at: Date }>(
      `insert into app.share_tokens (public_id, secret_hash, video_id, coach_id, created_by, created_at, starts_at, expires_at)
       select $1, $2, v.id, v.coach_id, v.coach_id, t.made, t.starts, coalesce(t.starts, t.made) + make_interval(hours => $5)
       from app.videos v,
            (select now() - make_interval(mins => round($4::numeric * 60)::integer) as made,
                    now() + make_interval(hours => $6) as starts) t
       where v.id = $3
       returning id, public_id, expires_at`,
      [randomBytes(6).toString('hex'), sha256(secret), upload.videoId, madeHoursAgo, lifeHours, startsInHours],
    ),
  );
  return { id: row.id, publicId: row.public_id, secret, expiresAt: row.expires_at };
}

export type Decision = {
  allowed: boolean;
  rule: string;
  share_token_id: string | null;
  video_id: string | null;
  title: string | null;
  playback_id: string | null;
  duration_seconds: string | null;
  aspect_ratio: string | null;
  share_expires_at: Date | null;
  token_expires_at: Date | null;
  session_id: string | null;
};

/** What the api can say of who opens a link, besides the secret. */
export type Asker = {
  viewer?: string | null;
  ttl?: number;
  sessionId?: string | null;
  embedOrigin?: string | null;
  subject?: string | null;
  session?: string | null;
  email?: string | null;
  passphraseVerified?: boolean | null;
};

/** What the api asks when somebody opens a link. */
export async function decide(
  database: TestDatabase,
  publicId: string,
  secret: string,
  {
    viewer = 'viewer',
    ttl = 300,
    sessionId = null,
    embedOrigin = null,
    subject = null,
    session = 'session-1',
    email = null,
    passphraseVerified = false,
  }: Asker = {},
): Promise<Decision> {
  return only(
    await database.service.query<Decision>(
      'select * from app.decide_playback($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
      [
        publicId,
        sha256(secret),
        'request-1',
        viewer === null ? null : sha256(viewer),
        'Firefox',
        ttl,
        sessionId,
        embedOrigin,
        subject,
        session,
        email,
        passphraseVerified,
      ],
    ),
  );
}

/** Reports what a viewer's page saw, as the api hands it on. */
export async function report(
  database: TestDatabase,
  publicId: string,
  sessionId: string | null,
  events: Record<string, unknown>[],
  consent = true,
): Promise<{ accepted: number; may_continue: boolean }> {
  return only(
    await database.service.query<{ accepted: number; may_continue: boolean }>(
      'select * from app.record_playback_events($1, $2, $3, $4)',
      [publicId, sessionId, JSON.stringify(events), consent],
    ),
  );
}

/** The profile id of a persona. */
export async function profileOf(database: TestDatabase, subject: string): Promise<string> {
  return only(await database.admin.query<{ id: string }>('select id from app.profiles where subject = $1', [subject]))
    .id;
}
