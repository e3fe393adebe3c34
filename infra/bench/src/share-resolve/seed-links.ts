import pg from 'pg';

export type SharedLink = { publicId: string; secret: string };

/** Makes one ready video of the seeded coach Amelia and `count` share links to it, straight in the database. */
export async function seedLinks(
  databaseUrl: string,
  count: number,
  newLink: () => SharedLink & { secretHash: Buffer },
): Promise<SharedLink[]> {
  const links = Array.from({ length: count }, newLink);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const coach = `(select id from app.profiles where subject = 'user_amelia_hart')`;
    const { rows } = await client.query<{ id: string; coach_id: string }>(
      `insert into app.videos (coach_id, title, status, duration_seconds, aspect_ratio, ready_at)
       values (${coach}, 'Bench', 'ready', 60, '16:9', now()) returning id, coach_id`,
    );
    const [video] = rows;
    if (!video) throw new Error('the seeded coach is missing');
    const job = await client.query<{ id: string }>(
      `insert into app.upload_jobs (video_id, coach_id, state, file_name, file_size_bytes, content_type, expires_at, finished_at)
       values ($1, $2, 'ready', 'bench.mp4', 1, 'video/mp4', now(), now()) returning id`,
      [video.id, video.coach_id],
    );
    await client.query(
      `insert into app.mux_assets (id, video_id, upload_job_id, status, playback_id, playback_id_observed_at, created_at, ready_at)
       values ('bench-asset', $1, $2, 'ready', 'benchPlaybackId', now(), now(), now())`,
      [video.id, job.rows[0]?.id],
    );
    await client.query(
      `insert into app.share_tokens (public_id, secret_hash, video_id, coach_id, created_by, expires_at)
       select l.public_id, l.secret_hash, $1, $2, $2, now() + interval '7 days'
       from unnest($3::text[], $4::bytea[]) as l (public_id, secret_hash)`,
      [video.id, video.coach_id, links.map((link) => link.publicId), links.map((link) => link.secretHash)],
    );
    await client.query('analyze app.share_tokens');
  } finally {
    await client.end();
  }
  return links.map(({ publicId, secret }) => ({ publicId, secret }));
}
