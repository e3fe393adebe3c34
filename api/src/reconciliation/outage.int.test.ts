import { afterAll, beforeAll, expect, it } from 'vitest';
import { givenShare, rewriteHistory } from '../../test/fixtures.ts';
import { ReconciliationStage } from '../../test/reconciliation-stage.ts';

let stage: ReconciliationStage;
beforeAll(async () => {
  stage = await ReconciliationStage.open();
});
afterAll(() => stage.close());

const each = <T>(times: number, make: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, make));

const statesOf = async (jobIds: readonly string[]): Promise<string[]> => {
  const rows = await stage.query<{ state: string }>('select distinct state from app.upload_jobs where id = any ($1)', [
    jobIds,
  ]);
  return rows.map(({ state }) => state);
};

// JB-08, UP-10.
it('after 48 hours in which Mux went on and no webhook came, one run makes both sides match, a list call for each hundred', async () => {
  const { control, muxClient } = stage.app;
  // Before the outage: four videos play, one of them shared. One upload is known to be preparing.
  const playing = await each(4, () => stage.begin());
  const assets = await Promise.all(playing.map((pair) => stage.send(pair, 'clip')));
  await stage.settled(assets);
  for (const asset of assets) await stage.hearOf(asset);
  const [gone] = playing;
  if (gone === undefined) throw new Error('Nothing plays.');
  const link = await givenShare(stage.app.database, gone.video);

  // Meanwhile at Mux: some become ready, some turn out broken, and a hundred are still being prepared.
  const becameReady = await each(2, () => stage.begin());
  const broken = await each(2, () => stage.begin());
  await stage.settled([
    ...(await Promise.all(becameReady.map((pair) => stage.send(pair, 'clip')))),
    ...(await Promise.all(broken.map((pair) => stage.send(pair, 'garbage')))),
  ]);
  await control('transcoding', { paused: true });
  const preparing = await each(97, () => stage.begin());
  await Promise.all(preparing.map((pair) => stage.send(pair, 'garbage')));
  // Some never sent a byte, some were cancelled there, one was never written down here; a video was deleted there.
  const unsent = await each(3, () => stage.begin());
  for (const { uploadId } of unsent) await control(`uploads/${uploadId}/expire`, {});
  const cancelled = await each(2, () => stage.begin());
  for (const { uploadId } of cancelled) await muxClient.video.uploads.cancel(uploadId);
  const forgotten = await stage.begin({ attached: false });
  await stage.send(forgotten, 'garbage');
  await muxClient.video.assets.delete(assets[0] ?? '');
  await rewriteHistory(
    stage.app.database,
    `update app.upload_jobs set requested_at = requested_at - interval '48 hours', expires_at = expires_at - interval '48 hours'`,
    [],
  );

  const report = await stage.run();
  expect(report).toMatchObject({ outcome: 'repaired', assets_seen: 105 });
  const { mux, ours } = await stage.bothSides();
  expect(ours).toEqual(mux);
  expect(mux).toHaveLength(105);

  expect(stage.asked.filter((request) => request === 'GET /video/v1/assets')).toHaveLength(2);
  expect(stage.asked.filter((request) => request === 'GET /video/v1/uploads').length).toBeLessThanOrEqual(2);
  expect(report?.list_calls).toBe(stage.asked.filter((request) => /(assets|uploads)$/.test(request)).length);
  // Asked for by itself: only what was in no list.
  expect(stage.asked.filter((request) => request.startsWith('GET /video/v1/assets/'))).toEqual([
    `GET /video/v1/assets/${assets[0]}`,
  ]);

  expect(await statesOf(becameReady.map(({ video }) => video.uploadJobId))).toEqual(['ready']);
  expect(await statesOf(broken.map(({ video }) => video.uploadJobId))).toEqual(['errored']);
  expect(await statesOf([...preparing, forgotten].map(({ video }) => video.uploadJobId))).toEqual(['processing']);
  expect(await statesOf(unsent.map(({ video }) => video.uploadJobId))).toEqual(['expired']);
  expect(await statesOf(cancelled.map(({ video }) => video.uploadJobId))).toEqual(['cancelled']);
  expect(await stage.query('select status from app.videos where id = $1', [gone.video.id])).toEqual([
    { status: 'deleted' },
  ]);
  expect(
    await stage.query('select revoke_reason from app.share_tokens where id = $1 and revoked_at is not null', [link.id]),
  ).toEqual([{ revoke_reason: 'The video is no longer there.' }]);
  expect(await stage.query(`select severity from app.alerts where key = 'mux.asset_missing'`)).toEqual([
    { severity: 'warning' },
  ]);
  expect(await stage.query('select from app.reconciliation_sightings')).toEqual([]);

  expect(await stage.run()).toMatchObject({ outcome: 'matched', found: {} });
});
