import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  clientOf,
  clipBytes,
  newUpload,
  ORIGIN,
  onlyPlaybackId,
  readyAsset,
  refusal,
  type Stage,
  setStage,
  uploadWhole,
} from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.control('POST', '/reset'));
afterAll(() => stage.close());

describe('an injected fault', () => {
  it('answers 429 with Retry-After so many times, and then no more; the vendor’s SDK sees a rate limit', async () => {
    await stage.control('POST', '/faults', {
      match: { method: 'GET', path: '/video/v1/uploads' },
      status: 429,
      retryAfter: 7,
      times: 2,
    });
    const list = () => fetch(`${stage.double.url}/video/v1/uploads`);
    const first = await list();
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await refusal(stage.mux.video.uploads.list().then())).toMatchObject({
      status: 429,
      type: 'too_many_requests',
    });
    expect((await stage.mux.video.uploads.list()).data).toEqual(expect.any(Array));
  });

  it('touches only the method and the path it names', async () => {
    await stage.control('POST', '/faults', { match: { method: 'PUT', path: '/video/*/cancel' }, status: 503 });
    const { id } = await newUpload(stage);
    expect(await stage.mux.video.uploads.retrieve(id)).toMatchObject({ status: 'waiting' });
    expect(await refusal(stage.mux.video.uploads.cancel(id))).toMatchObject({ status: 503 });
    expect(await stage.mux.video.uploads.cancel(id)).toMatchObject({ status: 'cancelled' });
  });

  it('a create that fails with 500 has created nothing', async () => {
    const before = (await stage.mux.video.uploads.list()).data.length;
    await stage.control('POST', '/faults', { match: { method: 'POST', path: '/video/v1/uploads' }, status: 500 });
    expect(await refusal(newUpload(stage))).toMatchObject({ status: 500 });
    expect((await stage.mux.video.uploads.list()).data).toHaveLength(before);
  });

  it('a page may read an injected answer of an upload, and send the chunk again', async () => {
    const { url } = await newUpload(stage);
    await stage.control('POST', '/faults', { match: { method: 'PUT', path: '/upload/*' }, status: 503 });
    const put = () => fetch(url, { method: 'PUT', headers: { origin: ORIGIN }, body: 'not a video' });
    const refused = await put();
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([503, '*']);
    expect((await put()).status).toBe(200);
  });

  it('a timeout is silence and then a closed connection', async () => {
    await stage.control('POST', '/faults', { match: { path: '/video/v1/uploads' }, timeoutMs: 1 });
    await expect(fetch(`${stage.double.url}/video/v1/uploads`)).rejects.toThrow('fetch failed');
  });

  it('a client with its own time limit gives up on a timeout', async () => {
    await stage.control('POST', '/faults', { match: { path: '/video/v1/uploads' }, timeoutMs: 600_000 });
    const impatient = clientOf(stage.double.url).withOptions({ timeout: 50 });
    await expect(impatient.video.uploads.list()).rejects.toThrow(/timed out/);
  });

  it('a truncated create has been done, but its answer breaks off', async () => {
    const before = (await stage.mux.video.uploads.list()).data.length;
    await stage.control('POST', '/faults', { match: { method: 'POST', path: '/video/v1/uploads' }, truncate: 10 });
    await expect(newUpload(stage)).rejects.toThrow();
    expect((await stage.mux.video.uploads.list()).data).toHaveLength(before + 1);
  });

  it('a truncated segment breaks off after so many bytes', async () => {
    const asset = await readyAsset(stage, await clipBytes(stage, { seconds: 1 }), { playback_policies: ['public'] });
    const address = `${stage.double.url}/${onlyPlaybackId(asset)}/renditions/270p/00000.ts`;
    await stage.control('POST', '/faults', { match: { path: '/*.ts' }, truncate: 188 });
    const cut = await fetch(address);
    expect(Number(cut.headers.get('content-length'))).toBeGreaterThan(188);
    await expect(cut.arrayBuffer()).rejects.toThrow();
    expect((await fetch(address)).status).toBe(200);
  });

  it('an answer that is truncated to nothing is none at all, not the answer of an error', async () => {
    const warned: Error[] = [];
    const keep = (warning: Error) => warned.push(warning);
    process.on('warning', keep);
    await stage.control('POST', '/faults', { match: { path: '/video/v1/uploads' }, truncate: 0 });
    await expect(fetch(`${stage.double.url}/video/v1/uploads`)).rejects.toThrow('fetch failed');
    // Warnings come on the next tick.
    await new Promise(setImmediate);
    process.off('warning', keep);
    expect(warned).toEqual([]);
  });

  it('never touches the control API itself, so that it can always be taken back', async () => {
    await stage.control('POST', '/faults', { match: { path: '/*' }, status: 500, times: 1000 });
    expect((await stage.control('GET', '/state')).status).toBe(200);
    expect((await stage.control('DELETE', '/faults')).status).toBe(204);
    expect((await stage.mux.video.uploads.list()).data).toEqual(expect.any(Array));
  });

  it.each([
    ['a status that is no fault', { match: { path: '/' }, status: 404 }, 'status'],
    ['two effects at once', { match: { path: '/' }, status: 500, timeoutMs: 5 }, 'exactly one'],
    ['no effect', { match: { path: '/' } }, 'exactly one'],
    ['a path that is none', { match: { path: 'video' }, status: 500 }, 'match.path'],
    ['Retry-After without a status', { match: { path: '/' }, timeoutMs: 5, retryAfter: 1 }, 'retryAfter'],
  ])('%s is refused', async (_name, rule, message) => {
    expect(await stage.control('POST', '/faults', rule)).toMatchObject({
      status: 400,
      body: { error: { messages: [expect.stringContaining(message)] } },
    });
  });
});

describe('the state', () => {
  it('counts what is there', async () => {
    await stage.control('POST', '/reset', { content: true });
    await newUpload(stage);
    const { body } = await stage.control('GET', '/state');
    expect(body).toMatchObject({
      data: { uploads: 1, assets: 0, playbackIds: 0, transcoding: { paused: false, waiting: 0, running: 0 } },
    });
  });

  it('a reset of the content forgets videos, also one being transcoded, and keeps signing keys', async () => {
    const key = await stage.mux.system.signingKeys.create();
    await stage.control('POST', '/transcoding', { paused: true });
    const id = await uploadWhole(stage, await clipBytes(stage, { seconds: 1 }));
    expect((await stage.control('POST', '/reset', { content: true })).status).toBe(200);
    expect(await refusal(stage.mux.video.assets.retrieve(id))).toMatchObject({ status: 404 });
    expect((await stage.mux.video.uploads.list()).data).toEqual([]);
    expect(await stage.mux.system.signingKeys.retrieve(key.id)).toMatchObject({ id: key.id });
  });

  it('the control API does not exist when it is switched off', async () => {
    const sealed = await setStage({ control: false });
    try {
      expect((await sealed.control('GET', '/state')).status).toBe(404);
      expect((await sealed.control('POST', '/reset', {})).status).toBe(404);
      expect(await sealed.mux.video.uploads.create({ cors_origin: ORIGIN })).toMatchObject({ status: 'waiting' });
    } finally {
      await sealed.close();
    }
  });
});
