import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMuxDouble } from '@mm/local';
import Mux from '@mux/mux-node';
import { bodyOf } from '../functions/mux-trace.ts';
import { only } from '../src/arrange.ts';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';
import { Ledger, type SentEvent } from './ledger.ts';
import { eventually } from './wait.ts';

/** Two videos that are ready with us and at Mux, every event told and answered, every entry sealed: no rule is broken. */
export type QuietWorld = {
  readonly database: TestDatabase;
  readonly mux: Mux;
  readonly ledger: Ledger;
  close(): Promise<void>;
};

/** Stores one event and folds it, as api and worker do, and enters it in the ledger as taken. */
async function hearOf(database: TestDatabase, ledger: Ledger, asset: Mux.Video.Asset): Promise<SentEvent> {
  const at = new Date();
  const told = { id: `event-of-${asset.id}`, type: 'video.asset.ready', objectId: asset.id, data: { ...asset }, at };
  const body = bodyOf(told);
  const { id } = only(
    await database.service.query<{ id: string }>(
      'select id from app.receive_webhook($1, $2, $3, $4, $5, now(), false)',
      ['mux', told.id, told.type, told.objectId, body],
    ),
  );
  await database.service.query('select app.fold_webhook_event($1)', [id]);
  const event = ledger.eventOf(body);
  event.attempts = 1;
  event.acknowledged = 1;
  return event;
}

/** An upload of a coach that Mux has and has made an asset of. */
async function upload(database: TestDatabase, mux: Mux): Promise<{ jobId: string; asset: Mux.Video.Asset }> {
  const { upload_job_id: jobId } = await database.asUser(
    'amelia',
    async (client) =>
      only(
        await client.query<{ upload_job_id: string }>(
          `select upload_job_id from api.request_upload('Squat', null, 'squat.mp4', 1000, 'video/mp4')`,
        ),
      ),
    { keep: true },
  );
  const { id, url = '' } = await mux.video.uploads.create({
    cors_origin: '*',
    new_asset_settings: { playback_policies: ['signed'], passthrough: jobId },
  });
  await database.service.query(`select app.attach_upload($1, $2, now() + interval '1 hour')`, [jobId, id]);
  await fetch(url, { method: 'PUT', body: 'a video' });
  const asset = await eventually('Mux had prepared the asset', async () => {
    const { asset_id: assetId = '' } = await mux.video.uploads.retrieve(id);
    const found = await mux.video.assets.retrieve(assetId);
    return found.status === 'ready' ? found : undefined;
  });
  return { jobId, asset };
}

export async function makeQuietWorld(): Promise<QuietWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'mm-quiet-'));
  const login = { tokenId: 'token-id', tokenSecret: 'token-secret' };
  const [database, double] = await Promise.all([
    createTestDatabase(),
    startMuxDouble({ ...login, dataDir: folder, transcoding: 'pretend' }),
  ]);
  const mux = new Mux({ ...login, baseURL: double.url, logLevel: 'off' });
  const ledger = new Ledger(1);
  for (let videos = 0; videos < 2; videos += 1) {
    const { jobId, asset } = await upload(database, mux);
    ledger.acknowledgedUploads.add(jobId);
    await hearOf(database, ledger, asset);
  }
  const { id: keyId } = await mux.system.signingKeys.create();
  await database.service.query('select app.add_signing_key($1, $2, true)', [keyId, Buffer.from('sealed')]);
  await eventually('everything was sealed', async () => {
    await database.service.query('select audit.seal_entries()');
    const { rows } = await database.admin.query(
      'select from audit.entries e where not exists (select from audit.leaves l where l.entry_id = e.id) limit 1',
    );
    return rows.length === 0 ? true : undefined;
  });
  return {
    database,
    mux,
    ledger,
    async close() {
      await Promise.all([database.close(), double.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
