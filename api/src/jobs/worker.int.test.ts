import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Registry } from '@prometheus-io/client';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { givenVideo, rewriteHistory } from '../../test/fixtures.ts';
import { type IntegrationApp, startIntegrationApp, webhookSecrets } from '../../test/integration-app.ts';
import { signedWebhook } from '../../test/signed-webhook.ts';
import { openDatabase } from '../db/database.ts';
import { createMuxClient } from '../mux/client.ts';
import { escalateAlerts } from './escalate-alerts.ts';
import { FoldTelemetry } from './fold-telemetry.ts';
import { foldDueEvents } from './fold-webhook-events.ts';
import { reconcileStaleUploads } from './reconcile-uploads.ts';
import { startWorker, type Worker } from './worker.ts';

const silent = pino({ level: 'silent' });

let subject: IntegrationApp;
let worker: Worker | undefined;
beforeAll(async () => {
  subject = await startIntegrationApp();
});
afterEach(async () => {
  await worker?.close();
  worker = undefined;
  await subject.control('reset', {});
});
afterAll(() => subject.close());

const serviceDatabase = () =>
  openDatabase({
    url: subject.database.serviceUrl,
    poolMax: 2,
    applicationName: 'mm-worker',
    onConnectionError: () => undefined,
  });

async function deliver(event: object): Promise<void> {
  const { body, headers } = signedWebhook(event, { secret: webhookSecrets[0] });
  const response = await fetch(`${subject.origin}/api/webhooks/mux`, { method: 'POST', headers, body });
  expect(response.status).toBe(200);
}

function readyEvent(uploadJobId: string): { id: string } & Record<string, unknown> {
  const asset = `asset-${randomUUID()}`;
  return {
    id: randomUUID(),
    type: 'video.asset.ready',
    object: { type: 'asset', id: asset },
    created_at: new Date().toISOString(),
    data: {
      id: asset,
      status: 'ready',
      passthrough: uploadJobId,
      playback_ids: [{ id: `playback-${asset}`, policy: 'signed' }],
      duration: 4,
    },
  };
}

const eventState = async (eventId: string) => {
  const { rows } = await subject.database.admin.query(
    'select state, attempts, last_error from app.webhook_events where event_id = $1',
    [eventId],
  );
  return rows[0] as { state: string; attempts: number; last_error: string | null } | undefined;
};
const jobState = async (id: string) => {
  const { rows } = await subject.database.admin.query('select state, error_code from app.upload_jobs where id = $1', [
    id,
  ]);
  return rows[0] as { state: string; error_code: string | null } | undefined;
};

/** As if it had been received a minute ago: the time of receipt is in its id. */
const makeEventOld = (eventId: string) =>
  rewriteHistory(
    subject.database,
    "update app.webhook_events set id = uuidv7(interval '-1 minute') where event_id = $1",
    [eventId],
  );

describe('the worker', () => {
  it('folds an event as it comes, through its own door', async () => {
    worker = await startWorker(subject.config, silent);
    const video = await givenVideo(subject.database, { ready: false });
    const event = readyEvent(video.uploadJobId);
    await deliver(event);
    await expect.poll(() => jobState(video.uploadJobId), { timeout: 15_000 }).toMatchObject({ state: 'ready' });
    expect(await eventState(event.id)).toMatchObject({ state: 'processed' });
    const { rows } = await subject.database.admin.query(
      "select distinct door from audit.entries where object_id = $1 and action = 'upload_job.updated' or object_id = $1 and reason is not null",
      [video.uploadJobId],
    );
    expect(rows).toEqual([{ door: 'worker' }]);
  });

  it('folds an event whose job was lost', async () => {
    const video = await givenVideo(subject.database, { ready: false });
    const event = readyEvent(video.uploadJobId);
    await deliver(event);
    await subject.database.admin.query('delete from pgboss.job');
    await makeEventOld(event.id);
    worker = await startWorker(subject.config, silent);
    await expect.poll(() => jobState(video.uploadJobId), { timeout: 15_000 }).toMatchObject({ state: 'ready' });
  });

  it('lays a poisoned event aside without holding up its neighbours', async () => {
    const poison = { id: randomUUID(), type: 'video.asset.ready', data: { status: 'ready' } };
    const video = await givenVideo(subject.database, { ready: false });
    const good = readyEvent(video.uploadJobId);
    await deliver(poison);
    await deliver(good);
    worker = await startWorker(subject.config, silent);
    await expect.poll(() => eventState(good.id), { timeout: 15_000 }).toMatchObject({ state: 'processed' });
    await expect
      .poll(() => eventState(poison.id))
      .toMatchObject({ state: 'received', attempts: 1, last_error: expect.any(String) });

    const database = serviceDatabase();
    for (let attempt = 2; attempt <= 5; attempt += 1) {
      await subject.database.admin.query('update app.webhook_events set next_attempt_at = now() where event_id = $1', [
        poison.id,
      ]);
      await makeEventOld(poison.id);
      await foldDueEvents({ database, log: silent, telemetry: new FoldTelemetry(new Registry(), database) });
    }
    await database.close();
    expect(await eventState(poison.id)).toMatchObject({ state: 'dead', attempts: 5 });
  });

  it('leaves nothing half-done when it is killed, and the next one goes on', async () => {
    const program = fileURLToPath(new URL('../worker.ts', import.meta.url));
    const videos = await Promise.all(
      Array.from({ length: 30 }, () => givenVideo(subject.database, { ready: false, coach: 'user_ben_okafor' })),
    );
    const killed = fork(program, {
      env: { ...subject.environment, LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const folding = new Promise<void>((resolve) => {
      killed.stdout?.on('data', (chunk) => String(chunk).includes('webhook event folded') && resolve());
    });
    for (const video of videos) {
      await deliver(readyEvent(video.uploadJobId));
    }
    await folding;
    killed.kill('SIGKILL');
    await once(killed, 'exit');

    worker = await startWorker(subject.config, silent);
    for (const video of videos) {
      await expect.poll(() => jobState(video.uploadJobId), { timeout: 20_000 }).toMatchObject({ state: 'ready' });
    }
    const { rows } = await subject.database.admin.query(
      `select v.status, count(*)::int as assets from app.videos v join app.mux_assets a on a.video_id = v.id
       where v.id = any($1) group by v.id, v.status having v.status <> 'ready' or count(*) <> 1`,
      [videos.map((video) => video.id)],
    );
    expect(rows).toEqual([]);
  });
});

describe('upkeep of the alerts', () => {
  it('escalates what nobody acknowledged in time, once', async () => {
    const database = serviceDatabase();
    try {
      const [alert] = await database.query<{ id: string }>(
        {
          name: 'raise_alert',
          text: `select id from app.raise_alert('forgotten', 'critical', 'The queue stands still')`,
        },
        [],
      );
      const escalatedAt = async () => {
        await escalateAlerts(database, silent);
        const { rows } = await subject.database.admin.query<{ escalated_at: Date | null }>(
          'select escalated_at from app.alerts where id = $1',
          [alert?.id],
        );
        return rows[0]?.escalated_at;
      };
      expect(await escalatedAt()).toBeNull();
      await subject.database.admin.query('update app.alerts set escalates_at = now() where id = $1', [alert?.id]);
      const first = await escalatedAt();
      expect(first).toBeInstanceOf(Date);
      expect(await escalatedAt()).toEqual(first);
    } finally {
      await database.close();
    }
  });
});

describe('reconciling stale uploads', () => {
  const reconcile = async () => {
    const database = serviceDatabase();
    await reconcileStaleUploads(database, createMuxClient(subject.config.mux), silent);
    await database.close();
  };
  const makeStale = (id: string) =>
    rewriteHistory(
      subject.database,
      `update app.upload_jobs set reconciled_at = null, requested_at = requested_at - interval '1 day',
              processing_at = processing_at - interval '1 day', expires_at = now() - interval '1 minute' where id = $1`,
      [id],
    );
  const requestUpload = async () => {
    const response = await fetch(`${subject.origin}/api/uploads`, {
      method: 'POST',
      headers: { ...(await subject.authorization('amelia')), 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Turns', fileName: 'turns.mp4', fileSizeBytes: 1_000, contentType: 'video/mp4' }),
    });
    const { uploadJobId, uploadUrl } = (await response.json()) as { uploadJobId: string; uploadUrl: string };
    const { rows } = await subject.database.admin.query('select mux_upload_id from app.upload_jobs where id = $1', [
      uploadJobId,
    ]);
    return { id: uploadJobId, url: uploadUrl, muxUploadId: String(rows[0]?.mux_upload_id) };
  };

  it('closes a job whose api was killed before Mux answered, so that it can be tried again', async () => {
    const video = await givenVideo(subject.database, { ready: false });
    await makeStale(video.uploadJobId);
    await reconcile();
    expect(await jobState(video.uploadJobId)).toEqual({ state: 'errored', error_code: 'upload.interrupted' });
  });

  it('closes an upload that ran out of time, of which Mux sends no event', async () => {
    const upload = await requestUpload();
    await subject.control(`uploads/${upload.muxUploadId}/expire`, {});
    await makeStale(upload.id);
    await reconcile();
    expect(await jobState(upload.id)).toEqual({ state: 'expired', error_code: 'upload.expired' });
  });

  it('closes an upload that Mux does not know any more', async () => {
    const upload = await requestUpload();
    await subject.database.admin.query('update app.upload_jobs set mux_upload_id = $2 where id = $1', [
      upload.id,
      `gone-${upload.muxUploadId}`,
    ]);
    await makeStale(upload.id);
    await reconcile();
    expect(await jobState(upload.id)).toMatchObject({ state: 'expired' });
  });

  it('leaves a job alone while Mux cannot be asked', async () => {
    const upload = await requestUpload();
    await makeStale(upload.id);
    await subject.control('faults', { match: { method: 'GET', path: '/video/v1/uploads/*' }, status: 500, times: 5 });
    await reconcile();
    expect(await jobState(upload.id)).toMatchObject({ state: 'uploading' });
  });
});
