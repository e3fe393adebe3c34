import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { arrangeUpload, only, profileOf } from '../src/arrange.ts';
import { createTestDatabase, type PersonaName, personas, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database?.close());

type Wish = {
  title: string | null;
  description: string | null;
  name: string | null;
  size: number | string | null;
  type: string | null;
};
const good: Wish = { title: 'Squat', description: null, name: 'squat.mp4', size: 1000, type: 'video/mp4' };

function request(who: PersonaName, wish: Partial<Wish> = {}) {
  const { title, description, name, size, type } = { ...good, ...wish };
  return database.asUser(
    who,
    async (client) =>
      only(
        await client.query<{ upload_job_id: string; video_id: string; expires_at: Date }>(
          'select * from api.request_upload($1, $2, $3, $4, $5)',
          [title, description, name, size, type],
        ),
      ),
    { keep: true },
  );
}

async function stateOf(uploadJobId: string) {
  return only(
    await database.admin.query(
      `select j.state, j.mux_upload_id, j.error_code, v.status, v.error_message
       from app.upload_jobs j join app.videos v on v.id = j.video_id where j.id = $1`,
      [uploadJobId],
    ),
  );
}

describe('asking for an upload', () => {
  test('the video and its job are written before Mux is asked (UP-01)', async () => {
    const asked = await request('amelia', { title: '  Squat  ', description: '  ', type: 'Video/MP4' });
    const { rows } = await database.asUser('amelia', (client) =>
      client.query(
        `select v.title, v.description, v.status, v.coach_name, j.state, j.content_type, j.video_id = v.id as same
         from api.upload_jobs j join api.videos v on v.upload_job_id = j.id where j.id = $1`,
        [asked.upload_job_id],
      ),
    );
    expect(rows).toEqual([
      {
        title: 'Squat',
        description: null,
        status: 'uploading',
        coach_name: 'Amelia Hart',
        state: 'requested',
        content_type: 'video/mp4',
        same: true,
      },
    ]);
  });

  test.each<[Partial<Wish>, string, string]>([
    [{ title: null }, '#/title', 'length'],
    [{ title: '   ' }, '#/title', 'length'],
    [{ title: 'x'.repeat(201) }, '#/title', 'length'],
    [{ description: 'x'.repeat(2001) }, '#/description', 'length'],
    [{ name: '' }, '#/file_name', 'length'],
    [{ name: 'x'.repeat(256) }, '#/file_name', 'length'],
    [{ size: 0 }, '#/file_size_bytes', 'range'],
    [{ size: null }, '#/file_size_bytes', 'range'],
    [{ size: '5000000001' }, '#/file_size_bytes', 'range'],
    [{ type: 'text/html' }, '#/content_type', 'format'],
    [{ type: null }, '#/content_type', 'format'],
    [{ type: 'video/mp4; codecs=x' }, '#/content_type', 'format'],
  ])('a wrong field is refused by name: %j', async (wish, pointer, code) => {
    expect(await refusalOf(request('amelia', wish))).toMatchObject({
      status: 422,
      code: 'request.invalid',
      fields: [{ pointer, code }],
    });
    expect((await database.admin.query('select from app.videos')).rowCount).toBe(0);
  });

  test('5 GB is accepted, the largest size there is', async () => {
    await request('amelia', { size: '5000000000' });
  });

  test.each(['priya', 'helen', 'tomas', 'grace'] as const)('only coaches upload: %s may not', async (who) => {
    await expect(request(who)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the quota of 20 uploads in 24 hours', () => {
  const twenty = Array.from({ length: 20 }, (_, index) => index);

  test('the 21st is refused and says when the next one is possible; another coach is not affected', async () => {
    for (const _ of twenty) await request('amelia');
    const refusal = await refusalOf(request('amelia'));
    expect(refusal).toMatchObject({ status: 429, code: 'upload.quota_exceeded' });
    const oldest = only(
      await database.admin.query<{ at: Date }>('select min(requested_at) as at from app.upload_jobs'),
    ).at;
    const said = /at (\S+?)\.$/.exec(refusal.message)?.[1] ?? '';
    expect(new Date(said).getTime()).toBe(Math.floor((oldest.getTime() + 86_400_000) / 1000) * 1000);
    await request('ben');
  });

  test('it rolls: an upload of more than 24 hours ago does not count', async () => {
    await database.admin.query(
      `with video as (insert into app.videos (coach_id, title) select $1, 'Old' from generate_series(1, 20) returning id, coach_id)
       insert into app.upload_jobs (video_id, coach_id, mux_upload_id, file_name, file_size_bytes, content_type, requested_at, expires_at)
       select id, coach_id, id::text, 'a.mp4', 1, 'video/mp4', now() - interval '24 hours 1 second', now() from video`,
      [await profileOf(database, personas.amelia.subject)],
    );
    await request('amelia');
  });

  test('attempts that never reached Mux do not count', async () => {
    for (const _ of twenty) {
      const asked = await request('amelia');
      await database.service.query(`select app.fail_upload($1, 'upload.vendor_unavailable', 'Please try again.')`, [
        asked.upload_job_id,
      ]);
    }
    await request('amelia');
  });

  test('requests at the same moment cannot both be the twentieth', async () => {
    const results = await Promise.allSettled(Array.from({ length: 30 }, () => request('amelia')));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(20);
    expect((await database.admin.query('select from app.upload_jobs')).rowCount).toBe(20);
  });
});

describe('cancelling an upload', () => {
  const cancel = (who: PersonaName, id: string) =>
    database.asUser(who, async (client) => only(await client.query('select * from api.cancel_upload($1)', [id])), {
      keep: true,
    });

  test('the owner cancels while bytes are coming, and learns the id to cancel at Mux', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    expect(await cancel('amelia', upload.uploadJobId)).toEqual({
      upload_job_id: upload.uploadJobId,
      state: 'cancelled',
      mux_upload_id: upload.muxUploadId,
    });
    expect(await stateOf(upload.uploadJobId)).toMatchObject({ state: 'cancelled', status: 'cancelled' });
  });

  test('when the file has arrived, cancelling changes nothing and says so', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    await database.service.query(`select app.apply_upload_snapshot($1, 'asset_created', $2, null, null)`, [
      upload.uploadJobId,
      upload.assetId,
    ]);
    expect(await cancel('amelia', upload.uploadJobId)).toMatchObject({ state: 'processing' });
  });

  test('an upload cancelled while Mux was asked keeps being cancelled when Mux answers', async () => {
    const asked = await request('amelia');
    await cancel('amelia', asked.upload_job_id);
    const attached = await database.service.query<{ state: string }>(
      `select app.attach_upload($1, 'late', now() + interval '1 hour') as state`,
      [asked.upload_job_id],
    );
    expect(attached.rows).toEqual([{ state: 'cancelled' }]);
    expect(await stateOf(asked.upload_job_id)).toMatchObject({ state: 'cancelled', mux_upload_id: 'late' });
  });

  test("nobody cancels another coach's upload, and learns no more than for one that does not exist", async () => {
    const upload = await arrangeUpload(database, 'amelia');
    const foreign = await refusalOf(cancel('ben', upload.uploadJobId));
    expect(foreign).toEqual(await refusalOf(cancel('ben', randomUUID())));
    expect(foreign).toMatchObject({ status: 404, code: 'upload.not_found' });
    await expect(cancel('priya', upload.uploadJobId)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('what the api and the reconciler report', () => {
  test('a failed upload says so, with a sentence for the coach', async () => {
    const asked = await request('amelia');
    await database.service.query(`select app.fail_upload($1, 'upload.vendor_unavailable', 'Please try again.')`, [
      asked.upload_job_id,
    ]);
    expect(await stateOf(asked.upload_job_id)).toMatchObject({
      state: 'errored',
      error_code: 'upload.vendor_unavailable',
      status: 'errored',
      error_message: 'Please try again.',
    });
  });

  test('an address is attached once', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    const attach = (muxId: string) =>
      database.service.query(`select app.attach_upload($1, $2, now() + interval '1 hour')`, [
        upload.uploadJobId,
        muxId,
      ]);
    await attach(upload.muxUploadId);
    expect(await refusalOf(attach('another'))).toMatchObject({ status: 404, code: 'upload.not_found' });
  });

  test('an upload that timed out at Mux is expired, and its video says to try again', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    await database.service.query(`select app.apply_upload_snapshot($1, 'timed_out', null, null, null)`, [
      upload.uploadJobId,
    ]);
    expect(await stateOf(upload.uploadJobId)).toMatchObject({
      state: 'expired',
      error_code: 'upload.expired',
      status: 'errored',
    });
  });

  test('stale are: never attached, past their limit, and processing without news; each is claimed by one worker at a time', async () => {
    const fresh = await arrangeUpload(database, 'amelia');
    const late = await arrangeUpload(database, 'amelia');
    const stuck = await arrangeUpload(database, 'amelia');
    const done = await arrangeUpload(database, 'amelia');
    const orphaned = await request('amelia');
    await database.admin.query(
      `update app.upload_jobs set expires_at = now() - interval '1 second' where id = any ($1)`,
      [[late.uploadJobId, done.uploadJobId]],
    );
    await database.admin.query(
      `update app.upload_jobs set state = 'processing', processing_at = now() - interval '6 minutes' where id = $1`,
      [stuck.uploadJobId],
    );
    await database.service.query(`select app.fail_upload($1, 'x', 'x')`, [done.uploadJobId]);
    await database.admin.query('alter table app.upload_jobs disable trigger tg_upload_jobs__keep');
    await database.admin.query(`update app.upload_jobs set requested_at = now() - interval '3 minutes' where id = $1`, [
      orphaned.upload_job_id,
    ]);
    const claim = async () =>
      (await database.service.query<{ id: string }>('select id from app.stale_uploads(10)')).rows.map((row) => row.id);
    const [first, second] = await Promise.all([claim(), claim()]);
    expect([...first, ...second].sort()).toEqual([late.uploadJobId, stuck.uploadJobId, orphaned.upload_job_id].sort());
    expect(first).not.toContain(fresh.uploadJobId);
    expect(await claim()).toEqual([]);
  });

  test('no state moves down by an update, also not by the owner of the table (UP-03)', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    await database.service.query(`select app.fail_upload($1, 'x', 'x')`, [upload.uploadJobId]);
    for (const [statement, hint] of [
      [`update app.upload_jobs set state = 'uploading'`, 'upload.state_backwards'],
      [`update app.videos set status = 'processing'`, 'video.status_backwards'],
    ] as const) {
      await expect(database.admin.query(statement)).rejects.toMatchObject({ hint });
    }
  });
});
