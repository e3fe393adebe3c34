import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@mm/tests';
import { Registry } from '@prometheus-io/client';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { givenVideo } from '../../test/fixtures.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { FoldTelemetry } from './fold-telemetry.ts';
import { type Folding, foldWebhookEvents } from './fold-webhook-events.ts';

let testDatabase: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({
    url: testDatabase.serviceUrl,
    poolMax: 2,
    applicationName: 'mm-worker',
    onConnectionError: () => undefined,
  });
});
afterAll(async () => {
  await database?.close();
  await testDatabase?.close();
});

async function receive(type: string, data: object): Promise<string> {
  const id = randomUUID();
  const body = Buffer.from(JSON.stringify({ id, type, data, created_at: new Date().toISOString() }));
  const { rows } = await testDatabase.service.query<{ id: string }>(
    `select id from app.receive_webhook('mux', $1, $2, $3, $4, now(), false)`,
    [id, type, (data as { id?: string }).id ?? null, body],
  );
  return rows[0]?.id ?? '';
}

function startFolding(): { folding: Folding; lines: (name: string) => Promise<string[]> } {
  const registry = new Registry();
  const folding = { database, log: pino({ level: 'silent' }), telemetry: new FoldTelemetry(registry, database) };
  return {
    folding,
    lines: async (name) => (await registry.metrics()).split('\n').filter((line) => line.startsWith(name)),
  };
}

it('every attempt to fold an event is counted by what became of it, and the time to that is measured', async () => {
  const { folding, lines } = startFolding();
  const unknown = await receive('video.something.new', { id: 'x' });
  const poison = await receive('video.asset.ready', {});
  await foldWebhookEvents(folding, [unknown, poison]);
  for (let attempt = 2; attempt <= 5; attempt += 1) {
    await foldWebhookEvents(folding, [poison]);
  }
  expect(await lines('mm_webhook_folds_total')).toEqual([
    'mm_webhook_folds_total{outcome="processed"} 0',
    'mm_webhook_folds_total{outcome="ignored"} 1',
    'mm_webhook_folds_total{outcome="retry"} 4',
    'mm_webhook_folds_total{outcome="dead"} 1',
  ]);
  expect(await lines('mm_webhook_processing_seconds_count')).toEqual(['mm_webhook_processing_seconds_count 1']);
});

it('the stages of an upload are measured by whoever folds the event that ends them, once', async () => {
  const { folding, lines } = startFolding();
  const video = await givenVideo(testDatabase, { ready: false });
  const asset = `asset-${randomUUID()}`;
  const ready = await receive('video.asset.ready', {
    id: asset,
    status: 'ready',
    passthrough: video.uploadJobId,
    playback_ids: [{ id: `playback-${asset}`, policy: 'signed' }],
  });
  await foldWebhookEvents(folding, [ready]);
  await foldWebhookEvents(folding, [ready]);
  expect(await lines('mm_upload_stage_seconds_count')).toContain('mm_upload_stage_seconds_count{stage="whole"} 1');
  expect(await lines('mm_webhook_folds_total{outcome="processed"}')).toEqual([
    'mm_webhook_folds_total{outcome="processed"} 1',
  ]);
});
