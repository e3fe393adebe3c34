import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Mux from '@mux/mux-node';
import { makeSampleClip, type SampleClip } from '../../src/media/sample-clip.ts';
import { type MuxDouble, type MuxDoubleOptions, startMuxDouble } from '../../src/mux/index.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

export const TOKEN_ID = 'token-id';
export const TOKEN_SECRET = 'token-secret';
export const WEBHOOK_SECRET = 'webhook-secret';
export const ORIGIN = 'http://app.example.com';

/** For `expect.poll`: a condition is waited for as long as a busy machine may need. */
export const PATIENTLY = { timeout: 25_000 };

/** A double, the vendor's SDK pointed at it, and an endpoint for its webhooks. */
export interface Stage {
  readonly folder: string;
  readonly webhooks: WebhookReceiver;
  double: MuxDouble;
  mux: Mux;
  /** Stops the double and starts another on the same folder and, so that addresses stay good, the same port. */
  restart(): Promise<void>;
  control(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  close(): Promise<void>;
}

export async function setStage(options: Partial<MuxDoubleOptions> = {}): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'mux-double-'));
  const webhooks = await WebhookReceiver.start();
  const start = (port: number) =>
    startMuxDouble({
      dataDir: join(folder, 'data'),
      tokenId: TOKEN_ID,
      tokenSecret: TOKEN_SECRET,
      webhook: { url: webhooks.url, secret: WEBHOOK_SECRET },
      webhookRetryBaseMs: 20,
      ...options,
      port,
    });
  const double = await start(0);
  const stage: Stage = {
    folder,
    webhooks,
    double,
    mux: clientOf(double.url),
    async restart() {
      await stage.double.close();
      stage.double = await start(stage.double.port);
    },
    async control(method, path, body) {
      const response = await fetch(`${stage.double.url}/control${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    },
    async close() {
      await stage.double.close();
      await webhooks.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

/** The SDK without its own retries: a test wants to see each answer. */
export function clientOf(baseURL: string): Mux {
  return new Mux({
    tokenId: TOKEN_ID,
    tokenSecret: TOKEN_SECRET,
    webhookSecret: WEBHOOK_SECRET,
    baseURL,
    maxRetries: 0,
  });
}

/** The bytes of a small clip: three renditions, four seconds, made in a fraction of one. */
export async function clipBytes(stage: Stage, clip: Partial<SampleClip> = {}): Promise<Buffer> {
  const path = join(stage.folder, `clip-${crypto.randomUUID()}.mp4`);
  await makeSampleClip({ seconds: 4, width: 480, height: 270, ...clip, path });
  return readFile(path);
}

export type AssetSettings = NonNullable<Mux.Video.UploadCreateParams['new_asset_settings']>;

/** A new direct upload and the URL it takes bytes at. */
export async function newUpload(
  stage: Stage,
  settings: AssetSettings = { playback_policies: ['signed'] },
): Promise<{ id: string; url: string }> {
  const { id, url } = await stage.mux.video.uploads.create({ cors_origin: ORIGIN, new_asset_settings: settings });
  if (url === undefined) throw new Error('the upload has no URL');
  return { id, url };
}

/** Uploads in one piece and returns the id of the asset that came of it. */
export async function uploadWhole(stage: Stage, bytes: Uint8Array, settings?: AssetSettings): Promise<string> {
  const { id, url } = await newUpload(stage, settings);
  const response = await fetch(url, { method: 'PUT', body: Buffer.from(bytes) });
  if (response.status !== 200) throw new Error(`upload answered ${response.status}`);
  const { asset_id: assetId } = await stage.mux.video.uploads.retrieve(id);
  if (assetId === undefined) throw new Error('no asset came of the upload');
  return assetId;
}

/** Uploads a clip and waits, by its webhook, until the asset can be played. */
export async function readyAsset(stage: Stage, bytes: Uint8Array, settings?: AssetSettings): Promise<Mux.Video.Asset> {
  const assetId = await uploadWhole(stage, bytes, settings);
  await stage.webhooks.event('video.asset.ready', assetId);
  return stage.mux.video.assets.retrieve(assetId);
}

/** The id of an asset's only playback ID. */
export function onlyPlaybackId(asset: Mux.Video.Asset): string {
  const [first, ...more] = asset.playback_ids ?? [];
  if (first === undefined || more.length > 0) throw new Error('not exactly one playback ID');
  return first.id;
}

/** What the vendor's SDK throws for an answer, as status, type and messages. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ status: number | undefined; type: string; messages: string[] }> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Mux.APIError)) throw error;
    const body = error.error as { error: { type: string; messages: string[] } };
    return { status: error.status, ...body.error };
  }
  throw new Error('the call was not refused');
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
