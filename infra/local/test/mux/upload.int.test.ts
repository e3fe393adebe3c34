import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clipBytes, newUpload, ORIGIN, PATIENTLY, type Stage, setStage } from './stage.ts';

const UNIT = 256 * 1024;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  // These files are not videos: what becomes of them is another test's matter.
  await stage.control('POST', '/transcoding', { paused: true });
});
afterAll(() => stage.close());

interface Answer {
  status: number;
  range: string | null;
  body: string;
}

/** PUTs a piece of a file. `total` as text may be `*`. */
async function put(url: string, piece: Uint8Array, first: number, total: number | '*'): Promise<Answer> {
  return send(url, piece, `bytes ${first}-${first + piece.length - 1}/${total}`);
}

/** Asks how far the upload has got. */
async function ask(url: string, total: number | '*' = '*'): Promise<Answer> {
  return send(url, new Uint8Array(), `bytes */${total}`);
}

async function send(url: string, body: Uint8Array, contentRange?: string): Promise<Answer> {
  const response = await fetch(url, {
    method: 'PUT',
    body: Buffer.from(body),
    headers: contentRange === undefined ? {} : { 'content-range': contentRange },
  });
  return { status: response.status, range: response.headers.get('range'), body: await response.text() };
}

function stored(uploadId: string): Promise<Buffer> {
  return readFile(join(stage.folder, 'data', 'uploads', uploadId));
}

describe('a resumable upload', () => {
  it('takes chunks, tells after each how much is safe, and ends with 200 and the very bytes', async () => {
    const { id, url } = await newUpload(stage);
    const file = randomBytes(2 * UNIT + 1234);
    expect(await ask(url)).toMatchObject({ status: 308, range: null });
    expect(await put(url, file.subarray(0, UNIT), 0, file.length)).toMatchObject({
      status: 308,
      range: `bytes=0-${UNIT - 1}`,
    });
    expect(await put(url, file.subarray(UNIT, 2 * UNIT), UNIT, file.length)).toMatchObject({
      status: 308,
      range: `bytes=0-${2 * UNIT - 1}`,
    });
    expect(await stage.mux.video.uploads.retrieve(id)).toMatchObject({ status: 'waiting' });
    expect(await put(url, file.subarray(2 * UNIT), 2 * UNIT, file.length)).toMatchObject({ status: 200 });
    expect(await stage.mux.video.uploads.retrieve(id)).toMatchObject({ status: 'asset_created' });
    expect(await stored(id)).toEqual(file);
  });

  it('takes a whole file without a Content-Range', async () => {
    const { id, url } = await newUpload(stage);
    const file = randomBytes(UNIT + 7);
    expect(await send(url, file)).toMatchObject({ status: 200 });
    expect(await stored(id)).toEqual(file);
  });

  it('takes a file whose size is said only with the last chunk', async () => {
    const { id, url } = await newUpload(stage);
    const file = randomBytes(UNIT + 99);
    expect(await put(url, file.subarray(0, UNIT), 0, '*')).toMatchObject({ status: 308 });
    expect(await put(url, file.subarray(UNIT), UNIT, file.length)).toMatchObject({ status: 200 });
    expect(await stored(id)).toEqual(file);
  });

  it('once complete answers 200 to a repeated last chunk and to a question, and makes no second asset', async () => {
    const { id, url } = await newUpload(stage);
    const file = randomBytes(1000);
    await put(url, file, 0, file.length);
    const { asset_id: assetId } = await stage.mux.video.uploads.retrieve(id);
    expect(await put(url, file, 0, file.length)).toMatchObject({ status: 200 });
    expect(await ask(url, file.length)).toMatchObject({ status: 200 });
    expect((await stage.mux.video.assets.list({ upload_id: id })).data.map((asset) => asset.id)).toEqual([assetId]);
  });

  it('answers a chunk that begins too late with the true range, and keeps nothing of it', async () => {
    const { id, url } = await newUpload(stage);
    const file = randomBytes(3 * UNIT);
    await put(url, file.subarray(0, UNIT), 0, file.length);
    expect(await put(url, file.subarray(2 * UNIT), 2 * UNIT, file.length)).toMatchObject({
      status: 308,
      range: `bytes=0-${UNIT - 1}`,
    });
    await put(url, file.subarray(UNIT), UNIT, file.length);
    expect(await stored(id)).toEqual(file);
  });

  it('keeps what it has when a chunk overlaps it, and takes only what is new', async () => {
    const { id, url } = await newUpload(stage);
    const file = randomBytes(3 * UNIT);
    await put(url, file.subarray(0, 2 * UNIT), 0, file.length);
    const forged = randomBytes(UNIT);
    expect(await put(url, forged, 0, file.length)).toMatchObject({ status: 308, range: `bytes=0-${2 * UNIT - 1}` });
    const overlapping = Buffer.concat([forged, file.subarray(2 * UNIT)]);
    expect(await put(url, overlapping, UNIT, file.length)).toMatchObject({ status: 200 });
    expect(await stored(id)).toEqual(file);
  });

  it.each([
    ['a chunk that is not the last and no multiple of 256 KiB', 'bytes 0-999/5000', 1000],
    ['a range that is shorter than the body', 'bytes 0-499/500', 1000],
    ['a range that ends before it begins', 'bytes 10-5/1000', 6],
    ['a range that goes beyond the total', 'bytes 0-999/500', 1000],
    ['another unit than bytes', 'items 0-999/1000', 1000],
    ['nonsense', 'bytes zero-ten/eleven', 10],
  ])('refuses %s with 400', async (_name, header, length) => {
    const { url } = await newUpload(stage);
    expect(await send(url, randomBytes(length), header)).toMatchObject({ status: 400 });
    expect(await ask(url)).toMatchObject({ status: 308, range: null });
  });

  it('refuses a total that changes on the way', async () => {
    const { url } = await newUpload(stage);
    await put(url, randomBytes(UNIT), 0, 3 * UNIT);
    expect(await put(url, randomBytes(UNIT), UNIT, 2 * UNIT)).toMatchObject({ status: 400 });
    expect(await ask(url)).toMatchObject({ range: `bytes=0-${UNIT - 1}` });
  });

  it('keeps whole 256 KiB of a chunk that breaks off, and goes on from there', async () => {
    const { id, url } = await newUpload(stage);
    const file = randomBytes(4 * UNIT);
    const open = openPut(url, `bytes 0-${file.length - 1}/${file.length}`, file.length);
    open.write(file.subarray(0, UNIT + 5000));
    await expect.poll(async () => (await stored(id).catch(() => '')).length, PATIENTLY).toBe(UNIT + 5000);
    open.destroy();
    expect(await ask(url)).toMatchObject({ status: 308, range: `bytes=0-${UNIT - 1}` });
    expect(await stored(id)).toEqual(file.subarray(0, UNIT));
    expect(await put(url, file.subarray(UNIT), UNIT, file.length)).toMatchObject({ status: 200 });
    expect(await stored(id)).toEqual(file);
  });

  it('a newer request takes over from one that hangs, with what that one had brought', async () => {
    const { id, url } = await newUpload(stage);
    const file = randomBytes(3 * UNIT);
    const open = openPut(url, `bytes 0-${file.length - 1}/${file.length}`, file.length);
    open.write(file.subarray(0, UNIT));
    await expect.poll(async () => (await stored(id).catch(() => '')).length, PATIENTLY).toBe(UNIT);
    expect(await put(url, file, 0, file.length)).toMatchObject({ status: 200 });
    expect(await open.status).toBe(308);
    open.destroy();
    expect(await stored(id)).toEqual(file);
  });

  it('is gone on with after a restart of the double', async () => {
    const { id, url } = await newUpload(stage);
    const file = randomBytes(2 * UNIT + 77);
    await put(url, file.subarray(0, UNIT), 0, file.length);
    await stage.restart();
    await stage.control('POST', '/transcoding', { paused: true });
    expect(await ask(url)).toMatchObject({ status: 308, range: `bytes=0-${UNIT - 1}` });
    expect(await put(url, file.subarray(UNIT), UNIT, file.length)).toMatchObject({ status: 200 });
    expect(await stored(id)).toEqual(file);
  });
});

describe('an upload that is not to be', () => {
  it('an empty file fails, by event and by state, and makes no asset', async () => {
    const { id, url } = await newUpload(stage);
    expect(await send(url, new Uint8Array())).toMatchObject({ status: 200 });
    expect((await stage.webhooks.event('video.upload.errored', id)).event).toMatchObject({
      data: { status: 'errored' },
    });
    expect(await stage.mux.video.uploads.retrieve(id)).toMatchObject({
      status: 'errored',
      error: { type: 'invalid_input', message: 'The uploaded file is empty.' },
    });
    expect((await stage.mux.video.assets.list({ upload_id: id })).data).toEqual([]);
  });

  it('an unknown URL is 404', async () => {
    expect(await send(`${stage.double.url}/upload/nothing`, randomBytes(10))).toMatchObject({ status: 404 });
  });

  it('a timed-out upload is gone, and no event tells of it', async () => {
    const { id, url } = await newUpload(stage);
    await put(url, randomBytes(UNIT), 0, 2 * UNIT);
    await stage.control('POST', `/uploads/${id}/expire`);
    expect(await put(url, randomBytes(UNIT), UNIT, 2 * UNIT)).toMatchObject({ status: 410 });
    expect(await ask(url)).toMatchObject({ status: 410 });
    const later = await newUpload(stage);
    await stage.webhooks.event('video.upload.created', later.id);
    const types = stage.webhooks.received.filter(({ objectId }) => objectId === id).map(({ type }) => type);
    expect(types).toEqual(['video.upload.created']);
  });

  it('cancelling in the middle of a chunk ends it, and no asset comes of it', async () => {
    const { id, url } = await newUpload(stage);
    const total = 2 * UNIT;
    const open = openPut(url, `bytes 0-${total - 1}/${total}`, total);
    open.write(randomBytes(UNIT));
    await stage.mux.video.uploads.cancel(id);
    expect(await open.status).toBe(410);
    expect(await stage.mux.video.uploads.retrieve(id)).toMatchObject({ status: 'cancelled' });
    expect((await stage.mux.video.assets.list({ upload_id: id })).data).toEqual([]);
  });
});

describe('the browser’s rules', () => {
  const preflight = (url: string, origin: string) =>
    fetch(url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'PUT' } });

  it('the upload’s own origin may send chunks and read the Range', async () => {
    const { url } = await newUpload(stage);
    const allowed = await preflight(url, ORIGIN);
    expect(allowed.status).toBe(204);
    expect(Object.fromEntries(allowed.headers)).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'PUT',
      'access-control-allow-headers': 'content-type, content-range',
    });
    const chunk = await fetch(url, {
      method: 'PUT',
      headers: { origin: ORIGIN, 'content-range': `bytes 0-${UNIT - 1}/${2 * UNIT}`, 'content-type': 'video/mp4' },
      body: randomBytes(UNIT),
    });
    expect(chunk.status).toBe(308);
    expect(chunk.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(chunk.headers.get('access-control-expose-headers')).toMatch(/\bRange\b/);
  });

  it('another origin may neither ask nor send', async () => {
    const { id, url } = await newUpload(stage);
    const asked = await preflight(url, 'http://evil.example.com');
    expect(asked.status).toBe(403);
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
    const sent = await fetch(url, { method: 'PUT', headers: { origin: 'http://evil.example.com' }, body: 'x' });
    expect(sent.status).toBe(403);
    expect(await stage.mux.video.uploads.retrieve(id)).toMatchObject({ status: 'waiting' });
  });

  it('a real clip that came in chunks becomes an asset that plays', async () => {
    await stage.control('POST', '/transcoding', { paused: false });
    const clip = await clipBytes(stage, { seconds: 20, width: 640, height: 360 });
    expect(clip.length).toBeGreaterThan(UNIT);
    const { id, url } = await newUpload(stage);
    for (let first = 0; first < clip.length; first += UNIT) {
      await put(url, clip.subarray(first, first + UNIT), first, clip.length);
    }
    const { asset_id: assetId } = await stage.mux.video.uploads.retrieve(id);
    await stage.webhooks.event('video.asset.ready', assetId);
    expect(await stage.mux.video.assets.retrieve(assetId ?? '')).toMatchObject({
      status: 'ready',
      aspect_ratio: '16:9',
    });
  });
});

/** A PUT that stays open, so that a test can stop in the middle. */
function openPut(url: string, contentRange: string, length: number) {
  const { promise: status, resolve } = Promise.withResolvers<number | undefined>();
  const open = request(url, {
    method: 'PUT',
    headers: { 'content-range': contentRange, 'content-length': length },
  });
  open.on('response', (response) => resolve(response.statusCode));
  open.on('error', () => resolve(undefined));
  return { write: (bytes: Uint8Array) => open.write(bytes), destroy: () => open.destroy(), status };
}
