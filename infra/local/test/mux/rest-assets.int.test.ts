import { createPrivateKey, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clipBytes, collect, onlyPlaybackId, readyAsset, refusal, type Stage, setStage, uploadWhole } from './stage.ts';

let stage: Stage;
let clip: Buffer;
beforeAll(async () => {
  stage = await setStage();
  clip = await clipBytes(stage);
});
afterAll(() => stage.close());

describe('an asset', () => {
  it('comes of an upload, is prepared and then described as the vendor describes it', async () => {
    const asset = await readyAsset(stage, clip, {
      playback_policies: ['signed'],
      passthrough: 'job-7',
      meta: { title: 'Serve' },
    });
    const upload = await stage.mux.video.uploads.retrieve(asset.upload_id ?? '');
    expect(upload).toMatchObject({ status: 'asset_created', asset_id: asset.id });
    expect(asset).toMatchObject({
      status: 'ready',
      created_at: expect.stringMatching(/^\d{10}$/),
      ingest_type: 'on_demand_direct_upload',
      passthrough: 'job-7',
      meta: { title: 'Serve' },
      master_access: 'none',
      mp4_support: 'none',
      progress: { state: 'completed', progress: 100 },
      aspect_ratio: '16:9',
      max_stored_resolution: 'SD',
      resolution_tier: '720p',
      max_stored_frame_rate: 30,
      playback_ids: [{ id: expect.any(String), policy: 'signed' }],
      tracks: [
        { type: 'video', max_width: 480, max_height: 270, max_frame_rate: 30 },
        { type: 'audio', max_channels: 2, primary: true, status: 'ready' },
      ],
    });
    expect(asset.duration).toBeCloseTo(4, 1);
    const [input] = await stage.mux.video.assets.retrieveInputInfo(asset.id);
    expect(input?.file?.tracks).toMatchObject([
      { type: 'video', encoding: 'h264', width: 480, height: 270, frame_rate: 30 },
      { type: 'audio', encoding: 'aac', channels: 2, sample_rate: 48_000 },
    ]);
  });

  it('without sound has no audio track', async () => {
    const silent = await readyAsset(stage, await clipBytes(stage, { tone: false, seconds: 1 }));
    expect(silent.tracks?.map(({ type }) => type)).toEqual(['video']);
  });

  it('asked for no policy has no playback ID', async () => {
    const asset = await stage.mux.video.assets.retrieve(await uploadWhole(stage, clip, {}));
    expect(asset).not.toHaveProperty('playback_ids');
  });

  it('is found by its upload, and by no other', async () => {
    const id = await uploadWhole(stage, clip);
    const { upload_id: uploadId } = await stage.mux.video.assets.retrieve(id);
    expect((await collect(stage.mux.video.assets.list({ upload_id: uploadId ?? '' }))).map((a) => a.id)).toEqual([id]);
    expect(await collect(stage.mux.video.assets.list({ upload_id: 'another' }))).toEqual([]);
  });

  it('lists page by cursor and by number, newest first, and come to an end', async () => {
    for (let count = 0; count < 3; count += 1) await uploadWhole(stage, clip);
    const whole = await stage.mux.video.assets.list({ limit: 100 });
    const paged = await collect(stage.mux.video.assets.list({ limit: 2 }));
    expect(paged.map(({ id }) => id)).toEqual(whole.data.map(({ id }) => id));
    expect(new Set(paged.map(({ id }) => id)).size).toBe(paged.length);
    const second = await stage.mux.video.assets.list({ limit: 2, page: 2 });
    expect(second.data.map(({ id }) => id)).toEqual(whole.data.slice(2, 4).map(({ id }) => id));
    expect((await stage.mux.video.assets.list({ limit: 100, page: 2 })).data).toEqual([]);
  });

  it('that is preparing cannot be deleted: 400; once ready it can: 204, an event, and then 404', async () => {
    await stage.control('POST', '/transcoding', { paused: true });
    const id = await uploadWhole(stage, clip);
    expect(await stage.mux.video.assets.retrieve(id)).toMatchObject({ status: 'preparing' });
    expect(await refusal(stage.mux.video.assets.delete(id))).toEqual({
      status: 400,
      type: 'invalid_parameters',
      messages: ["Can't delete a preparing asset."],
    });
    await stage.control('POST', '/transcoding', { paused: false });
    await stage.webhooks.event('video.asset.ready', id);
    const playbackId = onlyPlaybackId(await stage.mux.video.assets.retrieve(id));
    expect((await stage.mux.video.assets.delete(id).asResponse()).status).toBe(204);
    expect((await stage.webhooks.event('video.asset.deleted', id)).event).toMatchObject({ data: { id } });
    expect(await refusal(stage.mux.video.assets.retrieve(id))).toMatchObject({ status: 404, type: 'not_found' });
    expect(await refusal(stage.mux.video.assets.delete(id))).toMatchObject({ status: 404, type: 'not_found' });
    expect(await refusal(stage.mux.video.playbackIds.retrieve(playbackId))).toMatchObject({ status: 404 });
    expect((await fetch(`${stage.double.url}/${playbackId}.m3u8`)).status).toBe(404);
  });

  it('takes a new passthrough and meta, keeps the rest, and tells of it', async () => {
    const id = await uploadWhole(stage, clip, { passthrough: 'before' });
    const updated = await stage.mux.video.assets.update(id, { passthrough: 'after', meta: { title: 'New' } });
    expect(updated).toMatchObject({ id, passthrough: 'after', meta: { title: 'New' } });
    expect((await stage.webhooks.event('video.asset.updated', id)).event).toMatchObject({
      data: { passthrough: 'after' },
    });
    expect(await refusal(stage.mux.video.assets.update(id, { passthrough: 'x'.repeat(256) }))).toMatchObject({
      status: 400,
      messages: ['passthrough: must be at most 255 characters'],
    });
  });
});

describe('a file that is not a video', () => {
  it.each([
    ['random bytes', () => randomBytes(300_000)],
    ['text', () => Buffer.from('Dear coach, this is not a video.\n'.repeat(100))],
    [
      'a playlist that points elsewhere',
      () => Buffer.from('#EXTM3U\n#EXTINF:4,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n'),
    ],
    ['a clip cut off before its index', () => clip.subarray(clip.length - 40_000)],
    ['half a clip', () => Buffer.concat([clip.subarray(0, 3000), Buffer.alloc(100_000)])],
  ])('%s: the asset is errored with the vendor’s kind of errors', async (_name, bytes) => {
    const id = await uploadWhole(stage, bytes());
    const { event } = await stage.webhooks.event('video.asset.errored', id);
    expect(event).toMatchObject({ data: { id, status: 'errored', errors: { type: 'invalid_input' } } });
    const asset = await stage.mux.video.assets.retrieve(id);
    expect(asset.errors?.messages?.[0]).toMatch(/^The (input file|size|duration)/);
    expect(asset.status).toBe('errored');
    expect((await stage.mux.video.assets.delete(id).asResponse()).status).toBe(204);
  });
});

describe('a script that names another upload', () => {
  it('does not bring that upload’s pictures into an asset of its own', async () => {
    const { upload_id: victim } = await readyAsset(stage, clip);
    const id = await uploadWhole(stage, Buffer.from(`ffconcat version 1.0\nfile ${victim}\nduration 4\n`));
    const { event } = await stage.webhooks.event('video.asset.errored', id);
    expect(event).toMatchObject({ data: { errors: { type: 'invalid_input' } } });
  });
});

describe('playback IDs', () => {
  it('can be added and looked up with their asset; a deleted one is unknown', async () => {
    const id = await uploadWhole(stage, clip, {});
    const created = await stage.mux.video.assets.createPlaybackId(id, { policy: 'signed' });
    expect(created).toEqual({ id: expect.any(String), policy: 'signed' });
    expect(await stage.mux.video.assets.retrievePlaybackId(id, created.id)).toEqual(created);
    expect(await stage.mux.video.playbackIds.retrieve(created.id)).toEqual({
      ...created,
      object: { type: 'asset', id },
    });
    expect((await stage.mux.video.assets.deletePlaybackId(id, created.id).asResponse()).status).toBe(204);
    expect(await refusal(stage.mux.video.playbackIds.retrieve(created.id))).toMatchObject({ status: 404 });
    expect(await refusal(stage.mux.video.assets.deletePlaybackId(id, created.id))).toMatchObject({ status: 404 });
  });

  it('cannot be reached through an asset that is not theirs', async () => {
    const [mine, other] = [await uploadWhole(stage, clip), await uploadWhole(stage, clip)];
    const playbackId = onlyPlaybackId(await stage.mux.video.assets.retrieve(mine));
    expect(await refusal(stage.mux.video.assets.retrievePlaybackId(other, playbackId))).toMatchObject({ status: 404 });
    expect(await refusal(stage.mux.video.assets.deletePlaybackId(other, playbackId))).toMatchObject({ status: 404 });
    expect(await stage.mux.video.playbackIds.retrieve(playbackId)).toMatchObject({ id: playbackId });
  });
});

describe('signing keys', () => {
  it('hand out the private key exactly once: 2048-bit RSA, PEM in base64', async () => {
    const key = await stage.mux.system.signingKeys.create();
    const pem = Buffer.from(key.private_key ?? '', 'base64').toString('utf8');
    expect(createPrivateKey(pem).asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(await stage.mux.system.signingKeys.retrieve(key.id)).toEqual({ id: key.id, created_at: key.created_at });
    const listed = await collect(stage.mux.system.signingKeys.list());
    expect(listed.find(({ id }) => id === key.id)).toEqual({ id: key.id, created_at: key.created_at });
  });

  it('can be deleted, once', async () => {
    const { id } = await stage.mux.system.signingKeys.create();
    await stage.mux.system.signingKeys.delete(id);
    expect(await refusal(stage.mux.system.signingKeys.retrieve(id))).toMatchObject({ status: 404 });
    expect(await refusal(stage.mux.system.signingKeys.delete(id))).toMatchObject({ status: 404 });
  });
});

describe('playback restrictions', () => {
  it('can be created, read, listed, changed in both parts and deleted', async () => {
    const restrictions = stage.mux.video.playbackRestrictions;
    const created = await restrictions.create({
      referrer: { allowed_domains: ['app.example.com'], allow_no_referrer: false },
      user_agent: { allow_no_user_agent: false, allow_high_risk_user_agent: false },
    });
    expect(await restrictions.retrieve(created.id)).toEqual(created);
    expect((await collect(restrictions.list())).map(({ id }) => id)).toContain(created.id);
    const referrer = { allowed_domains: ['*.example.org'], allow_no_referrer: true };
    expect(await restrictions.updateReferrer(created.id, referrer)).toMatchObject({ referrer });
    const userAgent = { allow_no_user_agent: true, allow_high_risk_user_agent: true };
    expect(await restrictions.updateUserAgent(created.id, userAgent)).toMatchObject({
      referrer,
      user_agent: userAgent,
    });
    await restrictions.delete(created.id);
    expect(await refusal(restrictions.retrieve(created.id))).toMatchObject({ status: 404 });
  });

  it('take at most ten domains, and only domains', async () => {
    const create = (domains: string[]) =>
      stage.mux.video.playbackRestrictions.create({ referrer: { allowed_domains: domains }, user_agent: {} });
    const eleven = Array.from({ length: 11 }, (_, index) => `${index}.example.com`);
    expect(await refusal(create(eleven))).toMatchObject({ status: 400 });
    expect(await refusal(create(['https://example.com']))).toMatchObject({ status: 400 });
    expect(await create(eleven.slice(1))).toMatchObject({ referrer: { allowed_domains: eleven.slice(1) } });
  });
});
