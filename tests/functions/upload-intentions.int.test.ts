import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { arrangeUpload, assetOf, only, sha256 } from '../src/arrange.ts';
import { createTestDatabase, type PersonaName, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database?.close());

type Asked = {
  upload_job_id: string;
  video_id: string;
  share_token_id: string | null;
  share_public_id: string | null;
  share_secret: string | null;
  share_expires_at: Date | null;
};

function request(
  wish: { end?: string; label?: string; fingerprint?: string; type?: string },
  who: PersonaName = 'amelia',
) {
  return database.asUser(
    who,
    async (client) =>
      only(
        await client.query<Asked>(
          `select * from api.request_upload('Squat', null, 'squat.mp4', 1000, $1, $2, now() + $3::interval, $4)`,
          [wish.type ?? 'video/mp4', wish.fingerprint ?? null, wish.end ?? null, wish.label ?? null],
        ),
      ),
    { keep: true },
  );
}

const decide = async ({ share_public_id: publicId, share_secret: secret }: Asked) =>
  only(
    await database.service.query<{ rule: string }>(
      `select rule from app.decide_playback($1, $2, 'request-1', null, 'Firefox', 300)`,
      [publicId, sha256(secret ?? '')],
    ),
  ).rule;

describe('a link wished together with an upload', () => {
  test('is written with the job before Mux is asked (UP-01), and its secret only as a hash', async () => {
    const asked = await request({ end: '48 hours', label: ' For the squad ' });
    const { rows } = await database.admin.query(
      `select t.id, t.video_id, t.label, t.secret_hash, j.mux_upload_id,
              extract(epoch from t.expires_at - t.created_at)::integer as life
       from app.upload_jobs j join app.share_tokens t on t.id = j.share_token_id where j.id = $1`,
      [asked.upload_job_id],
    );
    expect(rows).toEqual([
      {
        id: asked.share_token_id,
        video_id: asked.video_id,
        label: 'For the squad',
        secret_hash: sha256(asked.share_secret ?? ''),
        mux_upload_id: null,
        life: 48 * 3600,
      },
    ]);
    const written = await database.admin.query<{ text: string }>(
      `select (e.before, e.after)::text as text from audit.entries e where e.owner_id = (select id from app.profiles where subject = 'user_amelia_hart')`,
    );
    expect(written.rows.map(({ text }) => text).join()).not.toContain(asked.share_secret);
  });

  test('lets nobody watch before the video is ready, and whoever has it from then on', async () => {
    const asked = await request({ end: '24 hours' });
    await database.service.query(`select app.attach_upload($1, 'upload-1', now() + interval '1 hour')`, [
      asked.upload_job_id,
    ]);
    expect(await decide(asked)).toBe('play.not_ready');
    const upload = {
      uploadJobId: asked.upload_job_id,
      videoId: asked.video_id,
      muxUploadId: 'upload-1',
      assetId: 'asset-1',
      playbackId: 'playback-1',
    };
    await database.service.query('select app.apply_asset_snapshot($1)', [assetOf(upload, 'ready')]);
    expect(await decide(asked)).toBe('play.allowed');
  });

  test('is revoked when the upload is cancelled', async () => {
    const asked = await request({ end: '24 hours' });
    await database.asUser('amelia', (client) => client.query('select api.cancel_upload($1)', [asked.upload_job_id]), {
      keep: true,
    });
    expect(await decide(asked)).toBe('play.revoked');
    const { rows } = await database.admin.query(
      `select e.reason from audit.entries e where e.action = 'share_token.revoked' and e.object_id = $1`,
      [asked.share_token_id],
    );
    expect(rows).toEqual([{ reason: 'The upload was cancelled.' }]);
  });

  test('is revoked when Mux was never reached, for nobody has learned it; and stays when the upload fails later', async () => {
    const [unheard, begun] = [await request({ end: '24 hours' }), await request({ end: '24 hours' })];
    await database.service.query(`select app.attach_upload($1, 'upload-1', now() + interval '1 hour')`, [
      begun.upload_job_id,
    ]);
    for (const { upload_job_id: id } of [unheard, begun]) {
      await database.service.query(`select app.fail_upload($1, 'upload.errored', 'Please try again.')`, [id]);
    }
    expect(await decide(unheard)).toBe('play.revoked');
    expect(await decide(begun)).toBe('play.video_unavailable');
  });

  test('is not made when it is not wished for', async () => {
    expect(await request({})).toMatchObject({ share_token_id: null, share_public_id: null, share_secret: null });
    expect((await database.admin.query('select from app.share_tokens')).rowCount).toBe(0);
  });

  test.each([
    ['a link of less than 24 hours', { end: '23 hours' }, '#/share_expires_at', 'too_early'],
    ['a link of more than 7 days', { end: '169 hours' }, '#/share_expires_at', 'too_late'],
    ['a label that is too long', { end: '24 hours', label: 'x'.repeat(121) }, '#/share_label', 'length'],
    ['a label without an end', { label: 'For the squad' }, '#/share_expires_at', 'required'],
    ['a fingerprint that is none', { fingerprint: 'F'.repeat(64) }, '#/file_fingerprint', 'format'],
    ['a kind of video that nobody reads', { type: 'video/x-unheard-of' }, '#/content_type', 'format'],
  ])('%s is refused at the field, and nothing of the upload is left', async (_name, wish, pointer, code) => {
    expect(await refusalOf(request(wish))).toMatchObject({
      status: 422,
      code: 'request.invalid',
      fields: [{ pointer, code }],
    });
    expect((await database.admin.query('select from app.videos')).rowCount).toBe(0);
  });
});

describe('the quota as it is shown', () => {
  const quota = (who: PersonaName) =>
    database.asUser(who, async (client) =>
      only(
        await client.query<{ uploads_per_day: number; uploads_left: number; next_at: Date | null }>(
          'select * from api.upload_quota()',
        ),
      ),
    );

  test('counts down with each upload of the coach’s own, and says when the next is possible once none is left', async () => {
    expect(await quota('amelia')).toEqual({ uploads_per_day: 20, uploads_left: 20, next_at: null });
    for (let index = 0; index < 19; index += 1) await request({});
    expect(await quota('amelia')).toEqual({ uploads_per_day: 20, uploads_left: 1, next_at: null });
    await request({});
    const first = only(
      await database.admin.query<{ at: Date }>('select min(requested_at) as at from app.upload_jobs'),
    ).at;
    expect(await quota('amelia')).toEqual({
      uploads_per_day: 20,
      uploads_left: 0,
      next_at: new Date(first.getTime() + 24 * 3_600_000),
    });
    expect(await quota('ben')).toMatchObject({ uploads_left: 20 });
  });

  test.each(['priya', 'helen', 'tomas', 'grace'] as const)('%s has none', async (who) => {
    await expect(quota(who)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('going on with an upload', () => {
  const resume = (who: PersonaName, id: string) =>
    database.asUser(who, async (client) => only(await client.query('select * from api.resume_upload($1)', [id])));

  test('the owner learns where it stands and which file it was', async () => {
    const fingerprint = 'ab'.repeat(32);
    const asked = await request({ fingerprint });
    await database.service.query(`select app.attach_upload($1, 'upload-1', '2030-01-01Z')`, [asked.upload_job_id]);
    expect(await resume('amelia', asked.upload_job_id)).toEqual({
      upload_job_id: asked.upload_job_id,
      video_id: asked.video_id,
      state: 'uploading',
      mux_upload_id: 'upload-1',
      file_name: 'squat.mp4',
      file_size_bytes: '1000',
      file_fingerprint: fingerprint,
      expires_at: new Date('2030-01-01Z'),
    });
  });

  test("nobody goes on with another coach's upload, and learns no more than for one that does not exist", async () => {
    const upload = await arrangeUpload(database, 'amelia');
    const foreign = await refusalOf(resume('ben', upload.uploadJobId));
    expect(foreign).toEqual(await refusalOf(resume('ben', randomUUID())));
    expect(foreign).toMatchObject({ status: 404, code: 'upload.not_found' });
    await expect(resume('priya', upload.uploadJobId)).rejects.toMatchObject({ code: '42501' });
  });
});
