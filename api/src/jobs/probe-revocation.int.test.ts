import { Registry } from '@prometheus-io/client';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ReconciliationStage } from '../../test/reconciliation-stage.ts';
import type { Config } from '../config.ts';
import { createMuxClient } from '../mux/client.ts';
import { PlaybackTokenSigner } from '../playback/token-signer.ts';
import { CutTelemetry, carryOutCuts } from './carry-out-cuts.ts';
import { CanaryTelemetry, probeRevocation } from './probe-revocation.ts';
import { repeat } from './repeating-task.ts';

const silent = pino({ level: 'silent' });
/** The shortest that the configuration allows. */
const tokenSeconds = 10;

let stage: ReconciliationStage;
let config: Config;
const registry = new Registry();
const telemetry = new CanaryTelemetry(registry);

beforeAll(async () => {
  stage = await ReconciliationStage.open({ environment: { PLAYBACK_TOKEN_TTL_SECONDS: String(tokenSeconds) } });
  const pair = await stage.begin();
  const assetId = await stage.send(pair, 'clip');
  await stage.settled([assetId]);
  await stage.hearOf(assetId);
  config = { ...stage.app.config, canaryVideoId: pair.video.id };
});
afterEach(() => stage.app.control('reset', {}));
afterAll(() => stage.close());

const probe = (ending = new AbortController().signal) =>
  probeRevocation(config, { database: stage.database, log: silent, telemetry, ending });
const lastRun = async () =>
  (
    await stage.query<{
      kind: string;
      outcome: string;
      error: string | null;
      mint_ms: number;
      manifest_ms: number;
      segment_ms: number;
    }>(
      'select kind, outcome, error, mint_ms, manifest_ms, segment_ms from app.canary_runs order by started_at desc limit 1',
    )
  )[0];

/** A worker that carries out cuts meanwhile. */
function cutting() {
  const { mux } = stage.app.config;
  const signer = new PlaybackTokenSigner({ id: mux.signingKeyId, privateKey: mux.signingKey });
  const doors = {
    database: stage.database,
    mux: createMuxClient(mux),
    streamUrl: mux.streamUrl,
    signer: () => Promise.resolve(signer),
  };
  const cuts = new CutTelemetry(new Registry());
  return repeat(
    () => carryOutCuts(doors, { log: silent, telemetry: cuts }),
    100,
    (error) => {
      throw error;
    },
  );
}

describe('the canary', () => {
  it('measures a cut first: all that is out is refused within ten seconds, and a new token plays', async () => {
    const worker = cutting();
    try {
      expect(await probe()).toMatchObject({ cut: 1 });
    } finally {
      await worker.stop();
    }
    const run = await lastRun();
    expect(run).toMatchObject({ kind: 'cut', outcome: 'in_time', error: null });
    for (const ms of [run?.mint_ms, run?.manifest_ms, run?.segment_ms]) expect(ms).toBeLessThan(10_000);
  });

  it('measures a revocation next: no token at once, manifest and segment refused when the one that is out has died', {
    timeout: 60_000,
  }, async () => {
    expect(await probe()).toMatchObject({ revoke: 1 });
    const run = await lastRun();
    expect(run).toMatchObject({ kind: 'revoke', outcome: 'in_time', error: null });
    expect(run?.mint_ms).toBeLessThan(5_000);
    for (const ms of [run?.manifest_ms, run?.segment_ms]) {
      expect(ms).toBeGreaterThan(1_000);
      expect(ms).toBeLessThan((tokenSeconds + 5) * 1_000);
    }
    const metrics = await registry.metrics();
    for (const step of ['mint', 'manifest', 'segment'])
      expect(metrics).toMatch(new RegExp(`mm_canary_seconds_bucket\\{le="60",kind="revoke",step="${step}"\\} 1`));
  });

  it('that cannot play says where, and leaves no link that works', async () => {
    await stage.app.control('faults', { match: { method: 'GET', path: '/*.m3u8' }, status: 503 });
    await expect(probe()).rejects.toThrow('manifest.503');
    expect(await lastRun()).toMatchObject({ outcome: 'failed', error: 'manifest.503' });
    expect(await stage.query(`select id from app.share_tokens where label = 'Canary' and revoked_at is null`)).toEqual(
      [],
    );
  });

  it('whose worker is asked to end says so', async () => {
    const ending = new AbortController();
    const running = probe(ending.signal);
    await expect
      .poll(
        async () =>
          (await stage.query('select 1 from app.canary_runs where acted_at is not null and ended_at is null')).length,
      )
      .toBe(1);
    ending.abort();
    await expect(running).rejects.toThrow();
    expect(await lastRun()).toMatchObject({ outcome: 'failed', error: 'worker.ended' });
  });

  it('does nothing where no probe video is configured', async () => {
    const before = await stage.query('select id from app.canary_runs');
    config = { ...config, canaryVideoId: undefined };
    expect(await probe()).toEqual({ skipped: 1 });
    expect(await stage.query('select id from app.canary_runs')).toEqual(before);
  });
});
