import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeSampleClip } from '@mm/local';
import { claimsOf } from '@mm/tests';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { givenShare, givenVideo } from '../../test/fixtures.ts';
import { type IntegrationApp, startIntegrationApp } from '../../test/integration-app.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { createMuxClient } from '../mux/client.ts';
import { carryOutErasures } from './carry-out-erasures.ts';
import { startWorker } from './worker.ts';

const silent = pino({ level: 'silent' });

let folder: string;
let clip: Buffer<ArrayBuffer>;
let subject: IntegrationApp;
let database: Database;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'api-erasure-'));
  const path = join(folder, 'clip.mp4');
  await makeSampleClip({ path, seconds: 1, width: 320, height: 180, text: 'TURNS' });
  clip = Buffer.from(await readFile(path));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  subject = await startIntegrationApp();
  database = openDatabase({
    url: subject.database.serviceUrl,
    poolMax: 2,
    applicationName: 'mm-worker',
    onConnectionError: () => undefined,
  });
  return async () => {
    await database.close();
    await subject.close();
  };
});

const run = () => carryOutErasures(database, createMuxClient(subject.config.mux), silent);
const query = async <Row extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await subject.database.admin.query<Row>(text, values)).rows;

async function as(who: 'amelia' | 'helen', text: string, values: unknown[]): Promise<Record<string, unknown>> {
  const claims = claimsOf(who, { sid: randomUUID() });
  return subject.database.asUser(claims, async (client) => (await client.query(text, values)).rows[0], { keep: true });
}

/** Amelia asks, Helen approves. */
async function approve(): Promise<string> {
  const { id } = await as('amelia', `select id from api.request_erasure('I am leaving')`, []);
  await as('helen', `select id from api.approve_erasure($1, 'Identity checked')`, [id]);
  return String(id);
}

async function completeManualSteps(id: string): Promise<void> {
  for (const step of await query(
    'select id from app.erasure_steps where request_id = $1 and is_manual and completed_by is null',
    [id],
  )) {
    await as('helen', `select id from api.complete_erasure_step($1, 'Deleted there', 'T-17')`, [step.id]);
  }
}

/** An upload that Amelia asked for. `sent`: its file went to Mux and became an asset there, of which nobody told us. */
async function upload(sent: boolean): Promise<{ muxUploadId: string; assetId: string | undefined }> {
  const response = await fetch(`${subject.origin}/api/uploads`, {
    method: 'POST',
    headers: { ...(await subject.authorization('amelia')), 'content-type': 'application/json' },
    body: JSON.stringify({
      title: 'Turns',
      fileName: 'turns.mp4',
      fileSizeBytes: clip.length,
      contentType: 'video/mp4',
    }),
  });
  const answer = (await response.json()) as { uploadJobId: string; uploadUrl: string };
  if (sent) {
    const put = await fetch(answer.uploadUrl, { method: 'PUT', headers: { 'content-type': 'video/mp4' }, body: clip });
    expect(put.status).toBe(200);
  }
  const [job] = await query('select mux_upload_id from app.upload_jobs where id = $1', [answer.uploadJobId]);
  const muxUploadId = String(job?.mux_upload_id);
  return { muxUploadId, assetId: (await subject.muxClient.video.uploads.retrieve(muxUploadId)).asset_id };
}

const muxSteps = (id: string) =>
  query(
    `select action, target, state, attempts, last_error, evidence from app.erasure_steps
     where request_id = $1 and system = 'mux' order by action`,
    [id],
  );
const stateOf = async (id: string) =>
  (await query('select state from app.erasure_requests where id = $1', [id]))[0]?.state;
/**
 * Leases and pauses have been over for a while, also to a claim that began before. What a worker is writing at this moment is not waited
 * for: it would wait for us in turn.
 */
const letTimePass = () =>
  query(
    `update app.erasure_steps set next_attempt_at = now() - interval '1 minute' where id in (
       select id from app.erasure_steps where state in ('planned', 'running', 'failed') for no key update skip locked)`,
  );

describe('carrying out an erasure', () => {
  it('takes uploads back and deletes assets at Mux, also one that we had not heard of, and proves it by Mux’s answers', async () => {
    const waiting = await upload(false);
    const sent = await upload(true);
    const id = await approve();
    await run();
    await completeManualSteps(id);
    expect(await run()).toMatchObject({ completed: 1 });
    expect(await stateOf(id)).toBe('completed');

    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
    const steps = await muxSteps(id);
    expect(steps).toHaveLength(3);
    expect(steps).toContainEqual(
      expect.objectContaining({
        action: 'cancel',
        target: waiting.muxUploadId,
        state: 'done',
        evidence: {
          answers: [
            { request: `PUT /video/v1/uploads/${waiting.muxUploadId}/cancel`, status: 200, at },
            { request: `GET /video/v1/uploads/${waiting.muxUploadId}`, status: 200, told: 'cancelled', at },
          ],
        },
      }),
    );
    expect(steps).toContainEqual(
      expect.objectContaining({
        action: 'delete',
        target: sent.assetId,
        state: 'done',
        evidence: {
          answers: [
            { request: `DELETE /video/v1/assets/${sent.assetId}`, status: 204, at },
            { request: `GET /video/v1/assets/${sent.assetId}`, status: 404, at },
          ],
        },
      }),
    );
    await expect(subject.muxClient.video.assets.retrieve(String(sent.assetId))).rejects.toMatchObject({ status: 404 });
    const [receipt] = await query<{ body: string }>('select body from app.erasure_receipts');
    expect(
      JSON.parse(String(receipt?.body)).steps.filter(({ system }: { system: string }) => system === 'mux'),
    ).toHaveLength(3);
  });

  it('lets nobody watch any more once it has begun', async () => {
    const video = await givenVideo(subject.database);
    const share = await givenShare(subject.database, video);
    const resolve = async () => {
      const response = await fetch(`${subject.origin}/api/share/${share.publicId}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ secret: share.secret }),
      });
      return response.status;
    };
    expect(await resolve()).toBe(200);
    await approve();
    await run();
    expect(await resolve()).toBe(403);
  });

  it.each([
    ['answers 503', { status: 503 }, 'mux.503'],
    ['is overloaded', { status: 429 }, 'mux.429'],
    ['breaks off', { timeoutMs: 0 }, 'mux.no_answer'],
  ])('keeps the request open while Mux %s, does everything else, and succeeds later', async (_name, fault, error) => {
    await givenVideo(subject.database, { title: 'Turns' });
    const id = await approve();
    await subject.control('faults', { match: { method: 'DELETE', path: '/video/v1/assets/*' }, times: 2, ...fault });
    for (const attempts of [1, 2]) {
      await run();
      await completeManualSteps(id);
      expect(await muxSteps(id)).toMatchObject([{ state: 'failed', attempts, last_error: error }]);
      expect(await stateOf(id)).toBe('running');
      expect(await query('select distinct title, status from app.videos')).toEqual([
        { title: '[erased]', status: 'deleted' },
      ]);
      await letTimePass();
    }
    await run();
    expect(await muxSteps(id)).toMatchObject([{ state: 'done', attempts: 3, last_error: null }]);
    expect(await stateOf(id)).toBe('completed');
  });

  it('does not believe a deletion until Mux no longer has the asset', async () => {
    await upload(true);
    const id = await approve();
    await subject.control('faults', { match: { method: 'DELETE', path: '/video/v1/assets/*' }, status: 500, times: 1 });
    await run();
    const failed = (await muxSteps(id)).find(({ action }) => action === 'delete');
    expect(failed).toMatchObject({ state: 'failed', last_error: 'mux.500', evidence: null });
    // Now it is deleted, but the question whether it is gone is answered with a fault: that is no proof.
    await subject.control('faults', { match: { method: 'GET', path: '/video/v1/assets/*' }, status: 500, times: 1 });
    await letTimePass();
    await run();
    expect((await muxSteps(id)).find(({ action }) => action === 'delete')).toMatchObject({
      state: 'failed',
      attempts: 2,
    });
    await letTimePass();
    await run();
    // Deleted by the second attempt: the third finds nothing to delete.
    expect((await muxSteps(id)).find(({ action }) => action === 'delete')).toMatchObject({
      state: 'done',
      evidence: { answers: [{ status: 404 }, { status: 404 }] },
    });
  });

  it('goes on where a worker was killed, and does nothing twice', async () => {
    for (let i = 0; i < 3; i += 1) await givenVideo(subject.database);
    const id = await approve();
    const killed = fork(fileURLToPath(new URL('../worker.ts', import.meta.url)), {
      env: { ...subject.environment, LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    await new Promise<void>((resolve) => {
      killed.stdout?.on('data', (chunk) => String(chunk).includes('erasure step carried out') && resolve());
    });
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    // The server may end the last statement of a process only after that is gone.
    await expect
      .poll(
        () =>
          query(
            `select pid from pg_stat_activity where datname = current_database() and application_name = 'mm-worker'`,
          ),
        { timeout: 30_000 },
      )
      .toEqual([]);
    const done = await query(`select id, finished_at from app.erasure_steps where state in ('done', 'kept')`);
    expect(done.length).toBeGreaterThan(0);

    const worker = await startWorker(subject.config, silent);
    await expect
      .poll(
        async () => {
          // The lease of what it had in hand.
          await letTimePass();
          return query(
            `select id from app.erasure_steps where not is_manual and phase <= 3 and state not in ('done', 'kept')`,
          );
        },
        { timeout: 60_000, interval: 500 },
      )
      .toEqual([]);
    await completeManualSteps(id);
    await expect
      .poll(
        async () => {
          await letTimePass();
          return stateOf(id);
        },
        { timeout: 60_000, interval: 500 },
      )
      .toBe('completed');
    await worker.close();
    for (const step of done) {
      expect(await query('select id, finished_at from app.erasure_steps where id = $1', [step.id])).toEqual([step]);
    }
  }, 120_000);
});
