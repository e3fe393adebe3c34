import { afterAll, beforeAll, expect, it } from 'vitest';
import { newUpload, PATIENTLY, type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ transcoding: 'pretend' });
});
afterAll(() => stage.close());

/** Uploads these bytes; answers the asset once Mux has done with it. */
async function upload(bytes: string) {
  const { id, url } = await newUpload(stage);
  await fetch(url, { method: 'PUT', body: bytes });
  const { asset_id: assetId = '' } = await stage.mux.video.uploads.retrieve(id);
  await expect
    .poll(async () => (await stage.mux.video.assets.retrieve(assetId)).status, PATIENTLY)
    .not.toBe('preparing');
  return stage.mux.video.assets.retrieve(assetId);
}

it('a double that pretends makes a ready asset of any bytes, without media', async () => {
  const asset = await upload('these bytes are no video');
  expect(asset).toMatchObject({ status: 'ready', duration: 10, playback_ids: [{ policy: 'signed' }] });
  expect((await stage.webhooks.event('video.asset.ready', asset.id)).event.data).toMatchObject({ status: 'ready' });
});

it('and an errored one of bytes that say they are broken', async () => {
  const asset = await upload('broken bytes');
  expect(asset).toMatchObject({ status: 'errored', errors: { type: 'invalid_input' } });
  await stage.webhooks.event('video.asset.errored', asset.id);
});
