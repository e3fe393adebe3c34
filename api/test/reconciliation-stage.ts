import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSampleClip } from '@mm/local';
import Mux from '@mux/mux-node';
import { pino } from 'pino';
import { expect, vi } from 'vitest';
import { type Database, openDatabase } from '../src/db/database.ts';
import { type ReconcileOptions, reconcile } from '../src/reconciliation/reconcile.ts';
import { type GivenVideo, givenVideo } from './fixtures.ts';
import { type IntegrationApp, type IntegrationOptions, startIntegrationApp } from './integration-app.ts';

/** An upload of ours and its counterpart at Mux. */
export interface Pair {
  readonly video: GivenVideo;
  readonly uploadId: string;
  readonly uploadUrl: string;
}

/** The api's database and the Mux double, side by side and telling each other nothing. */
export class ReconciliationStage {
  readonly app: IntegrationApp;
  readonly database: Database;
  /** Requests made of Mux by reconciliations, as `GET /video/v1/assets`. */
  readonly asked: string[] = [];
  /** Milliseconds that reconciliations would have waited. */
  readonly waits: number[] = [];
  readonly #mux: Mux;
  readonly #clip: Buffer<ArrayBuffer>;

  private constructor(app: IntegrationApp, clip: Buffer<ArrayBuffer>) {
    this.app = app;
    this.#clip = clip;
    this.database = openDatabase({
      url: app.database.serviceUrl,
      poolMax: 2,
      applicationName: 'mm-worker',
      onConnectionError: () => undefined,
    });
    this.#mux = new Mux({
      tokenId: 'token-id',
      tokenSecret: 'token-secret',
      baseURL: app.mux.url,
      maxRetries: 0,
      timeout: 2_000,
      logLevel: 'off',
      fetch: (url, init) => {
        this.asked.push(`${init?.method?.toUpperCase() ?? 'GET'} ${new URL(String(url)).pathname}`);
        return fetch(url, init);
      },
    });
  }

  static async open(options: IntegrationOptions = {}): Promise<ReconciliationStage> {
    const folder = await mkdtemp(join(tmpdir(), 'api-reconcile-'));
    const path = join(folder, 'clip.mp4');
    await makeSampleClip({ path, seconds: 1, width: 160, height: 90, text: 'T' });
    const clip = Buffer.from(await readFile(path));
    await rm(folder, { recursive: true, force: true });
    return new ReconciliationStage(await startIntegrationApp(options), clip);
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.app.close();
  }

  async query<Row extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.app.database.admin.query<Row>(text, values)).rows;
  }

  /** Forgets what was asked so far, and runs one; nothing really waits. */
  run(options: Partial<ReconcileOptions> = {}) {
    this.asked.length = 0;
    this.waits.length = 0;
    return reconcile(this.database, this.#mux, pino({ level: 'silent' }), {
      kind: 'whole',
      orphans: 'list',
      wait: async (ms) => {
        this.waits.push(ms);
      },
      ...options,
    });
  }

  /** Begun by a coach; Mux gave it an address. `attached`: and we wrote that down. */
  async begin({ attached = true } = {}): Promise<Pair> {
    const video = await givenVideo(this.app.database, { ready: false });
    const upload = await this.createAtMux(video.uploadJobId);
    if (attached) {
      await this.query(`select app.attach_upload($1, $2, now() + interval '1 hour')`, [video.uploadJobId, upload.id]);
    }
    return { video, uploadId: upload.id, uploadUrl: upload.url };
  }

  /** An upload that exists at Mux. Without a passthrough it is nobody's. */
  async createAtMux(passthrough?: string): Promise<{ id: string; url: string }> {
    const { id, url } = await this.app.muxClient.video.uploads.create({
      cors_origin: '*',
      new_asset_settings: {
        playback_policies: ['signed'],
        ...(passthrough === undefined ? {} : { passthrough }),
      },
    });
    return { id, url: url ?? '' };
  }

  /** Sends a file: a clip, or something that is none and that Mux cannot prepare. Answers the asset's id. */
  async send(upload: { uploadId: string; uploadUrl: string }, file: 'clip' | 'garbage'): Promise<string> {
    const body = file === 'clip' ? this.#clip : Buffer.from('this is no video');
    const put = await fetch(upload.uploadUrl, { method: 'PUT', headers: { 'content-type': 'video/mp4' }, body });
    expect(put.status).toBe(200);
    return (await this.app.muxClient.video.uploads.retrieve(upload.uploadId)).asset_id ?? '';
  }

  /** Resolves when Mux has prepared these assets, one way or the other. */
  async settled(assetIds: readonly string[]): Promise<void> {
    for (const id of assetIds) {
      await vi.waitFor(
        async () => expect((await this.app.muxClient.video.assets.retrieve(id)).status).not.toBe('preparing'),
        { timeout: 60_000 },
      );
    }
  }

  /** As if the event of this asset's present state had come. */
  async hearOf(assetId: string): Promise<void> {
    const asset = await this.app.muxClient.video.assets.retrieve(assetId);
    await this.query('select app.apply_asset_snapshot($1)', [JSON.stringify(asset)]);
  }

  /** Mux's assets with their status, and ours, as text to compare: the asset, the upload job it belongs to, its status. */
  async bothSides(): Promise<{ mux: string[]; ours: string[] }> {
    const mux: string[] = [];
    for await (const asset of this.app.muxClient.video.assets.list({ limit: 100 })) {
      mux.push(`${asset.id} ${asset.passthrough ?? 'nobody'} ${asset.status}`);
    }
    const ours = await this.query<{ line: string }>(
      `select format('%s %s %s', id, coalesce(upload_job_id::text, 'nobody'), status) as line
       from app.mux_assets where status <> 'deleted'`,
    );
    return { mux: mux.sort(), ours: ours.map(({ line }) => line).sort() };
  }

  async found(runId: string): Promise<string[]> {
    const rows = await this.query<{ line: string }>(
      `select kind || ' ' || subject || ' ' || action as line from app.reconciliation_findings where run_id = $1`,
      [runId],
    );
    return rows.map(({ line }) => line).sort();
  }
}
