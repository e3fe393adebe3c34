import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { claimsOf } from '@mm/tests';
import { Registry } from '@prometheus-io/client';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GivenShare, givenShare } from '../../test/fixtures.ts';
import { ReconciliationStage } from '../../test/reconciliation-stage.ts';
import { createMuxClient } from '../mux/client.ts';
import type { CutDoors } from '../playback/cut-playback.ts';
import { PlaybackTokenSigner } from '../playback/token-signer.ts';
import { CutTelemetry, carryOutCuts } from './carry-out-cuts.ts';
import { startWorker } from './worker.ts';

const silent = pino({ level: 'silent' });

let stage: ReconciliationStage;
let assetId: string;
let videoId: string;
let link: GivenShare;
let registry: Registry;
let telemetry: CutTelemetry;

beforeAll(async () => {
  stage = await ReconciliationStage.open();
  const pair = await stage.begin();
  assetId = await stage.send(pair, 'clip');
  videoId = pair.video.id;
  await stage.settled([assetId]);
  await stage.hearOf(assetId);
  link = await givenShare(stage.app.database, pair.video);
});
beforeEach(() => {
  registry = new Registry();
  telemetry = new CutTelemetry(registry);
});
afterEach(async () => {
  await stage.app.control('reset', {});
  await stage.query(
    `update app.playback_cuts set state = 'failed', failed_at = now() where state in ('requested', 'switched', 'deleted')`,
  );
});
afterAll(() => stage.close());

const doors = (): CutDoors => {
  const { mux } = stage.app.config;
  const signer = new PlaybackTokenSigner({ id: mux.signingKeyId, privateKey: mux.signingKey });
  return {
    database: stage.database,
    mux: createMuxClient(mux),
    streamUrl: mux.streamUrl,
    signer: () => Promise.resolve(signer),
  };
};
const run = () => carryOutCuts(doors(), { log: silent, telemetry });

const requestCut = async (): Promise<string> => {
  const row = await stage.app.database.asUser(
    claimsOf('priya', { sid: randomUUID() }),
    async (client) =>
      (await client.query<{ cut_id: string }>(`select cut_id from api.cut_playback($1, 'Wrong club')`, [videoId]))
        .rows[0],
    { keep: true },
  );
  return row?.cut_id ?? '';
};
const cutRow = async (id: string) =>
  (
    await stage.query<{ state: string; attempts: number; last_error: string | null; refused_status: number | null }>(
      'select state, attempts, last_error, refused_status from app.playback_cuts where id = $1',
      [id],
    )
  )[0];
const makeDue = () => stage.query('update app.playback_cuts set next_attempt_at = now()');

async function watch(): Promise<string> {
  const response = await fetch(`${stage.app.origin}/api/share/${link.publicId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret: link.secret }),
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { playbackUrl: string }).playbackUrl;
}
const statusOf = async (url: string): Promise<number> => (await fetch(url)).status;
/** The first segment's URL behind a master playlist. */
async function segmentOf(playbackUrl: string): Promise<string> {
  const next = async (url: string) => {
    const line = (await (await fetch(url)).text()).split('\n').find((text) => text !== '' && !text.startsWith('#'));
    return new URL(line ?? '', url).href;
  };
  return next(await next(playbackUrl));
}
const idsAtMux = async () =>
  ((await stage.app.muxClient.video.assets.retrieve(assetId)).playback_ids ?? []).map(
    ({ id, policy }) => `${policy} ${id}`,
  );
const ourId = async () =>
  String((await stage.query('select playback_id from app.mux_assets where id = $1', [assetId]))[0]?.playback_id);

describe('cutting a video off', () => {
  it('kills the tokens that are out, manifest and segment alike, and the live link moves on to the new id by itself', async () => {
    const before = await watch();
    const segment = await segmentOf(before);
    expect(await statusOf(segment)).toBe(200);
    const old = await ourId();
    const id = await requestCut();
    expect(await run()).toBe(1);
    expect(await cutRow(id)).toEqual({ state: 'confirmed', attempts: 1, last_error: null, refused_status: 404 });
    expect(await statusOf(before)).toBe(404);
    expect(await statusOf(segment)).toBe(404);
    const after = await watch();
    expect(await statusOf(await segmentOf(after))).toBe(200);
    expect(await idsAtMux()).toEqual([`signed ${await ourId()}`]);
    expect(await ourId()).not.toBe(old);
    expect(await registry.metrics()).toMatch(/mm_playback_cut_seconds_bucket\{le="10"\} 1/);
  });

  it('is begun by the worker within seconds of being asked for, and done within ten', async () => {
    const worker = await startWorker(stage.app.config, silent);
    try {
      const id = await requestCut();
      await expect.poll(async () => (await cutRow(id))?.state, { timeout: 10_000 }).toBe('confirmed');
    } finally {
      await worker.close();
    }
  });

  it('takes an id that an attempt made and could not write down, so that none is left that nobody knows', async () => {
    const id = await requestCut();
    const made = await stage.app.muxClient.video.assets.createPlaybackId(assetId, { policy: 'signed' });
    await run();
    expect((await cutRow(id))?.state).toBe('confirmed');
    expect(await idsAtMux()).toEqual([`signed ${made.id}`]);
    expect(await ourId()).toBe(made.id);
  });

  it('deletes a public id as well, whoever made it', async () => {
    await stage.app.muxClient.video.assets.createPlaybackId(assetId, { policy: 'public' });
    await requestCut();
    await run();
    expect(await idsAtMux()).toEqual([`signed ${await ourId()}`]);
  });

  it.each([
    ['GET', '/video/v1/assets/*', 'requested'],
    ['POST', '/video/v1/assets/*/playback-ids', 'requested'],
    ['DELETE', '/video/v1/assets/*/playback-ids/*', 'switched'],
    ['GET', '/*.m3u8', 'deleted'],
  ])('goes on where it was when %s %s fails for a while', async (method, path, reached) => {
    const id = await requestCut();
    await stage.app.control('faults', { match: { method, path }, status: 503 });
    await run();
    expect(await cutRow(id)).toMatchObject({
      state: reached,
      attempts: 1,
      last_error: path.endsWith('m3u8') ? 'stream.503' : 'mux.503',
    });
    await makeDue();
    await run();
    expect(await cutRow(id)).toMatchObject({ state: 'confirmed', attempts: 2 });
    expect(await idsAtMux()).toEqual([`signed ${await ourId()}`]);
  });

  it('makes one new id when Mux did what was asked and its answer was lost', async () => {
    const id = await requestCut();
    await stage.app.control('faults', { match: { method: 'POST', path: '/video/v1/assets/*' }, truncate: 0 });
    await run();
    await makeDue();
    await run();
    expect((await cutRow(id))?.state).toBe('confirmed');
    expect(await idsAtMux()).toEqual([`signed ${await ourId()}`]);
  });

  it('asks no sooner than Mux wants after a 429', async () => {
    const id = await requestCut();
    await stage.app.control('faults', {
      match: { method: 'POST', path: '/video/v1/assets/*' },
      status: 429,
      retryAfter: 40,
    });
    await run();
    const [row] = await stage.query<{ wait: number }>(
      'select extract(epoch from next_attempt_at - clock_timestamp())::float8 as wait from app.playback_cuts where id = $1',
      [id],
    );
    expect(row?.wait).toBeGreaterThan(30);
    expect(await run()).toBe(0);
    await makeDue();
    await run();
    expect((await cutRow(id))?.state).toBe('confirmed');
  });

  it('is gone on with by another worker when the one that had begun was killed', { timeout: 90_000 }, async () => {
    const id = await requestCut();
    await stage.app.control('faults', {
      match: { method: 'DELETE', path: '/video/v1/assets/*' },
      timeoutMs: 60_000,
    });
    const child = fork(fileURLToPath(new URL('../worker.ts', import.meta.url)), { env: stage.app.environment });
    await expect.poll(async () => (await cutRow(id))?.state, { timeout: 30_000 }).toBe('switched');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await cutRow(id))?.state).toBe('switched');
    // It may have died before it asked Mux, and the silence that was meant for it would meet the next.
    await stage.app.control('reset', {});
    await makeDue();
    await run();
    expect(await cutRow(id)).toEqual({ state: 'confirmed', attempts: 2, last_error: null, refused_status: 404 });
    expect(await idsAtMux()).toEqual([`signed ${await ourId()}`]);
  });

  it('of an asset that an erasure deletes meanwhile is done, without a new id', async () => {
    const pair = await stage.begin();
    const asset = await stage.send(pair, 'clip');
    await stage.settled([asset]);
    await stage.hearOf(asset);
    const row = await stage.app.database.asUser(
      claimsOf('priya', { sid: randomUUID() }),
      async (client) =>
        (
          await client.query<{ cut_id: string }>(`select cut_id from api.cut_playback($1, 'Wrong club')`, [
            pair.video.id,
          ])
        ).rows[0],
      { keep: true },
    );
    await stage.app.muxClient.video.assets.delete(asset);
    await run();
    expect(await cutRow(row?.cut_id ?? '')).toMatchObject({ state: 'confirmed', refused_status: 404 });
    const [cut] = await stage.query('select new_playback_id from app.playback_cuts where id = $1', [row?.cut_id]);
    expect(cut).toEqual({ new_playback_id: null });
  });
});
