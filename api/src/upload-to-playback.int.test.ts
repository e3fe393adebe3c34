import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSampleClip } from '@mm/local';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rewriteHistory } from '../test/fixtures.ts';
import { type IntegrationApp, startIntegrationApp } from '../test/integration-app.ts';
import { openDatabase } from './db/database.ts';
import type { Playback } from './features/playback/schema.ts';
import { reconcileStaleUploads } from './jobs/reconcile-uploads.ts';
import { startWorker, type Worker } from './jobs/worker.ts';

const silent = pino({ level: 'silent' });

let subject: IntegrationApp;
let worker: Worker;
let folder: string;
let clip: Buffer<ArrayBuffer>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'api-clip-'));
  const path = join(folder, 'clip.mp4');
  await makeSampleClip({ path, seconds: 2, width: 320, height: 180, text: 'TURNS' });
  clip = Buffer.from(await readFile(path));
  subject = await startIntegrationApp({ deliverWebhooks: true });
  worker = await startWorker(subject.config, silent);
});
afterAll(async () => {
  await worker.close();
  await subject.close();
  await rm(folder, { recursive: true, force: true });
});

async function upload(): Promise<{ uploadJobId: string; videoId: string }> {
  const headers = { ...(await subject.authorization('amelia')), 'content-type': 'application/json' };
  const response = await fetch(`${subject.origin}/api/uploads`, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      title: 'Turns',
      fileName: 'turns.mp4',
      fileSizeBytes: clip.length,
      contentType: 'video/mp4',
    }),
  });
  const answer = (await response.json()) as { uploadJobId: string; videoId: string; uploadUrl: string };
  const put = await fetch(answer.uploadUrl, { method: 'PUT', headers: { 'content-type': 'video/mp4' }, body: clip });
  expect(put.status).toBe(200);
  return answer;
}

const stateOf = async (uploadJobId: string): Promise<string | undefined> => {
  const { rows } = await subject.database.admin.query<{ state: string }>(
    'select state from app.upload_jobs where id = $1',
    [uploadJobId],
  );
  return rows[0]?.state;
};

describe('a file from a coach’s disk', () => {
  it('becomes a video that the coach can watch, and that nobody can without a token', async () => {
    const { uploadJobId, videoId } = await upload();
    await expect.poll(() => stateOf(uploadJobId), { timeout: 25_000, interval: 200 }).toBe('ready');

    const response = await fetch(`${subject.origin}/api/videos/${videoId}/preview`, {
      method: 'POST',
      headers: await subject.authorization('amelia'),
    });
    const playback = (await response.json()) as Playback;
    expect(playback.durationSeconds).toBeGreaterThan(1.5);
    const playlist = await fetch(playback.playbackUrl);
    expect(playlist.status).toBe(200);
    expect(await playlist.text()).toContain('#EXTM3U');
    expect((await fetch(playback.posterUrl)).headers.get('content-type')).toContain('image/');
    expect(await (await fetch(playback.storyboardUrl)).text()).toContain('WEBVTT');

    const withoutToken = playback.playbackUrl.split('?')[0] ?? '';
    expect((await fetch(withoutToken)).status).toBe(403);
    const posterToken = new URL(playback.posterUrl).searchParams.get('token');
    expect((await fetch(`${withoutToken}?token=${posterToken}`)).status).toBe(403);
  });

  it('becomes a video also when every event about it is lost', async () => {
    await subject.control('webhooks', { dropNext: 1_000 });
    const { uploadJobId } = await upload();
    await expect
      .poll(
        async () => {
          const { rows } = await subject.database.admin.query(
            'select mux_upload_id from app.upload_jobs where id = $1',
            [uploadJobId],
          );
          const { asset_id: assetId } = await subject.muxClient.video.uploads.retrieve(String(rows[0]?.mux_upload_id));
          return assetId === undefined ? undefined : (await subject.muxClient.video.assets.retrieve(assetId)).status;
        },
        { timeout: 25_000, interval: 200 },
      )
      .toBe('ready');
    expect(await stateOf(uploadJobId)).toBe('uploading');
    await rewriteHistory(
      subject.database,
      "update app.upload_jobs set expires_at = now() - interval '1 minute' where id = $1",
      [uploadJobId],
    );

    const database = openDatabase({
      url: subject.database.serviceUrl,
      poolMax: 1,
      applicationName: 'mm-worker',
      onConnectionError: () => undefined,
    });
    await reconcileStaleUploads(database, subject.muxClient, silent);
    await database.close();
    expect(await stateOf(uploadJobId)).toBe('ready');
  });
});
