import { createHash, randomBytes } from 'node:crypto';
import type { TestDatabase } from '@mm/tests';

export interface GivenVideo {
  readonly id: string;
  readonly coachId: string;
  readonly uploadJobId: string;
  readonly playbackId: string;
}

/** A video of a coach, as its upload left it; unless `ready` is false its asset is ready at Mux too. */
export async function givenVideo(
  database: TestDatabase,
  { coach = 'user_amelia_hart', ready = true, title = 'Turns on the inside edge' } = {},
): Promise<GivenVideo> {
  const unique = randomBytes(8).toString('hex');
  const { rows } = await database.admin.query<{ id: string; coach_id: string; upload_job_id: string }>(
    `with coach as (select id from app.profiles where subject = $1),
          video as (insert into app.videos (coach_id, title) select id, $2 from coach returning id, coach_id),
          job as (insert into app.upload_jobs (video_id, coach_id, file_name, file_size_bytes, content_type, expires_at)
                  select id, coach_id, 'turns.mp4', 1000, 'video/mp4', now() + interval '1 hour' from video returning id)
     select video.id, video.coach_id, job.id as upload_job_id from video, job`,
    [coach, title],
  );
  const row = rows[0];
  if (row === undefined) {
    throw new Error(`There is no profile of ${coach}.`);
  }
  const playbackId = `playback-${unique}`;
  if (ready) {
    await database.admin.query('select app.apply_asset_snapshot($1)', [
      JSON.stringify({
        id: `asset-${unique}`,
        status: 'ready',
        passthrough: row.upload_job_id,
        playback_ids: [{ id: playbackId, policy: 'signed' }],
        duration: 12.5,
        aspect_ratio: '16:9',
      }),
    ]);
  }
  return { id: row.id, coachId: row.coach_id, uploadJobId: row.upload_job_id, playbackId };
}

export interface GivenShare {
  readonly id: string;
  readonly publicId: string;
  readonly secret: string;
  readonly expiresAt: Date;
}

/** A share link of a video. Ages are in hours: `createdAgo` 200 with the default life of 168 is expired. */
export async function givenShare(
  database: TestDatabase,
  video: GivenVideo,
  {
    createdAgoHours = 0,
    lifeHours = 168,
    startsInHours,
    revoked = false,
  }: {
    readonly createdAgoHours?: number;
    readonly lifeHours?: number;
    readonly startsInHours?: number;
    readonly revoked?: boolean;
  } = {},
): Promise<GivenShare> {
  const secret = randomBytes(24).toString('base64url');
  const publicId = randomBytes(6).toString('hex');
  const { rows } = await database.admin.query<{ id: string; expires_at: Date }>(
    `insert into app.share_tokens (public_id, secret_hash, video_id, coach_id, created_by, created_at, starts_at, expires_at,
                                   revoked_at, revoked_by, revoke_reason)
     select $1, $2, $3, $4, $4, c.at, s.at, coalesce(s.at, c.at) + make_interval(hours => $5),
            case when $8 then now() end, case when $8 then $4::uuid end, case when $8 then 'Sent to the wrong person' end
     from (select now() - make_interval(hours => $6) as at) c,
          (select now() + make_interval(hours => $7) as at) s
     returning id, expires_at`,
    [
      publicId,
      createHash('sha256').update(secret).digest(),
      video.id,
      video.coachId,
      lifeHours,
      createdAgoHours,
      startsInHours ?? null,
      revoked,
    ],
  );
  const row = rows[0];
  if (row === undefined) {
    throw new Error('The share link was not stored.');
  }
  return { id: row.id, publicId, secret, expiresAt: row.expires_at };
}

/**
 * Changes rows as only time could: with triggers off, so that what never changes can be made older.
 * @param statement one statement with parameters
 */
export async function rewriteHistory(
  database: TestDatabase,
  statement: string,
  values: readonly unknown[],
): Promise<void> {
  const client = await database.admin.connect();
  try {
    await client.query('begin; set local session_replication_role = replica');
    await client.query(statement, [...values]);
    await client.query('commit');
  } finally {
    client.release();
  }
}
