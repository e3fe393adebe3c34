import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { claimsOf, type TestPostgrest } from '@mm/tests';
import { Registry } from '@prometheus-io/client';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ReconciliationStage } from '../test/reconciliation-stage.ts';
import { buildApp } from './app.ts';
import { parseConfig } from './config.ts';
import { CutTelemetry, carryOutCuts } from './jobs/carry-out-cuts.ts';
import { type RepeatingTask, repeat } from './jobs/repeating-task.ts';
import { createMuxClient } from './mux/client.ts';
import { PlaybackTokenSigner } from './playback/token-signer.ts';

const program = fileURLToPath(new URL('../../infra/smoke/src/main.ts', import.meta.url));

let stage: ReconciliationStage;
let postgrest: TestPostgrest;
let app: Awaited<ReturnType<typeof buildApp>>;
let origin: string;
let videoId: string;
let cutting: RepeatingTask;

beforeAll(async () => {
  stage = await ReconciliationStage.open({ environment: { PLAYBACK_TOKEN_TTL_SECONDS: '10' } });
  postgrest = await stage.app.database.startPostgrest();
  // The same product, with PostgREST behind it.
  app = await buildApp(parseConfig({ ...stage.app.environment, POSTGREST_URL: postgrest.url }), {
    logStream: { write: () => undefined },
  });
  origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const pair = await stage.begin();
  const assetId = await stage.send(pair, 'clip');
  await stage.settled([assetId]);
  await stage.hearOf(assetId);
  videoId = pair.video.id;
  const { mux } = stage.app.config;
  const signer = new PlaybackTokenSigner({ id: mux.signingKeyId, privateKey: mux.signingKey });
  const telemetry = new CutTelemetry(new Registry());
  cutting = repeat(
    () =>
      carryOutCuts(
        {
          database: stage.database,
          mux: createMuxClient(mux),
          streamUrl: mux.streamUrl,
          signer: () => Promise.resolve(signer),
        },
        { log: pino({ level: 'silent' }), telemetry },
      ),
    200,
    (error) => {
      throw error;
    },
  );
});
afterEach(() => stage.app.control('reset', {}));
afterAll(async () => {
  await cutting?.stop();
  await app?.close();
  await stage?.close();
});

async function smoke(...args: string[]): Promise<{ code: number; lines: Record<string, unknown>[] }> {
  const token = await postgrest.signToken(claimsOf('amelia'));
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, '--url', origin, '--video', videoId, '--json', ...args],
      { env: { ...process.env, SMOKE_TOKEN: token } },
      (error, out) =>
        resolve({
          code: typeof error?.code === 'number' ? error.code : 0,
          lines: out
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as Record<string, unknown>),
        }),
    );
  });
}
const stepsOf = (lines: Record<string, unknown>[]) => lines.slice(0, -1).map(({ step, ok }) => `${step} ${ok}`);
const until = ['ready', 'video', 'share', 'mint', 'manifest', 'segment', 'revoke', 'refused mint'].map(
  (step) => `${step} true`,
);
const liveLinks = () => stage.query('select id from app.share_tokens where revoked_at is null');

describe('pnpm smoke', () => {
  it('walks through share, play, revoke, refused and cut, and sums up how soon a revoked link was refused', async () => {
    const { code, lines } = await smoke();
    expect(stepsOf(lines)).toEqual([...until, 'cut true', 'refused manifest true', 'refused segment true']);
    expect(lines.at(-1)).toEqual({ ok: true, revokedAfterMs: expect.any(Number) });
    for (const { step, ms } of lines.slice(0, -1)) expect([step, ms]).toEqual([step, expect.any(Number)]);
    expect(code).toBe(0);
    expect(await liveLinks()).toEqual([]);
  });

  it('waits for the token to end by itself when asked to, and cuts nothing', async () => {
    const cuts = await stage.query('select id from app.playback_cuts');
    const { code, lines } = await smoke('--until', 'expiry');
    expect(stepsOf(lines)).toEqual([...until, 'refused manifest true', 'refused segment true']);
    expect(code).toBe(0);
    expect(await stage.query('select id from app.playback_cuts')).toEqual(cuts);
  });

  it('stops at the step that is not as it must be, says so, and leaves no link that works', async () => {
    await stage.app.control('faults', { match: { method: 'GET', path: '/*/segment*' }, status: 503, times: 100 });
    await stage.app.control('faults', { match: { method: 'GET', path: '/*.ts' }, status: 503, times: 100 });
    const { code, lines } = await smoke('--until', 'revoked');
    expect(stepsOf(lines)).toEqual([...until.slice(0, 5), 'segment false']);
    expect(lines.at(-1)).toEqual({ ok: false, revokedAfterMs: null });
    expect(code).toBe(1);
    expect(await liveLinks()).toEqual([]);
  });
});
