import type { FastifyServerOptions } from 'fastify';
import { createApp } from './app.ts';
import { Clock } from './clock.ts';
import { refuseProduction } from './config.ts';
import { FaultRules } from './control/fault-rules.ts';
import { controlRoutes } from './control/routes.ts';
import { ImageMaker } from './delivery/image-maker.ts';
import { deliveryRoutes } from './delivery/routes.ts';
import { OpenWrites } from './ingest/open-writes.ts';
import { ingestRoutes } from './ingest/routes.ts';
import { Lifecycle } from './lifecycle.ts';
import { MediaFiles } from './media-files.ts';
import type { DoubleContext } from './rest/context.ts';
import { restRoutes } from './rest/routes.ts';
import { Store } from './store/store.ts';
import { pretendToTranscode } from './transcode/pretend.ts';
import { TranscodeQueue } from './transcode/queue.ts';
import { transcode } from './transcode/transcode.ts';
import { WebhookControls } from './webhooks/controls.ts';
import { WebhookDispatcher, type WebhookTarget } from './webhooks/dispatcher.ts';

export interface MuxDoubleOptions {
  /** Folder of its own, made when missing. What is in it outlives the process. */
  readonly dataDir: string;
  /** Basic credentials that the REST API takes. */
  readonly tokenId: string;
  readonly tokenSecret: string;
  /** 0, the default, takes a free port. */
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  /** The origin clients reach it at. Default: `http://<host>:<port>`. */
  readonly publicUrl?: string | undefined;
  /** Where webhooks go, and what signs them. Without it they are recorded and stay pending. */
  readonly webhook?: WebhookTarget | undefined;
  /** The control API under `/control`. On by default. */
  readonly control?: boolean | undefined;
  /** `pretend`: no ffmpeg and no media, for tests of thousands of events. Default `ffmpeg`. */
  readonly transcoding?: 'ffmpeg' | 'pretend' | undefined;
  /** How many assets are transcoded at once. Default 1. */
  readonly concurrentTranscodes?: number | undefined;
  /** Milliseconds before a webhook's second attempt, doubling from there. Default 250. */
  readonly webhookRetryBaseMs?: number | undefined;
  /** Milliseconds that one attempt may take. Default 10,000. */
  readonly webhookTimeoutMs?: number | undefined;
  /** Fastify's logger option. Silent by default. */
  readonly logger?: FastifyServerOptions['logger'];
}

export interface MuxDouble {
  /** Its origin, without a slash at the end: base URL of the REST API, of uploads, streams and images. */
  readonly url: string;
  readonly port: number;
  /** Stops serving and leaves no process and no timer. What was under way goes on at the next start. */
  close(): Promise<void>;
}

/**
 * Starts a Mux double and takes up what an earlier one on the same folder left behind: unfinished uploads can be gone on
 * with, preparing assets are transcoded again, webhooks not yet delivered are sent.
 * Throws in production, on a taken port, and when the folder is in use by another double.
 */
export async function startMuxDouble(options: MuxDoubleOptions): Promise<MuxDouble> {
  refuseProduction();
  const files = new MediaFiles(options.dataDir);
  const store = new Store(files.database);
  const clock = new Clock();
  const faults = new FaultRules();
  const controls = new WebhookControls();
  const writes = new OpenWrites();
  const images = new ImageMaker(files);
  const app = createApp(options.logger, faults);
  const transcoder = options.transcoding === 'pretend' ? pretendToTranscode : transcode;
  const queue = new TranscodeQueue(store.assets, files, transcoder, options.concurrentTranscodes ?? 1, app.log);
  const dispatcher = new WebhookDispatcher(
    store,
    controls,
    clock,
    {
      target: options.webhook,
      retryBaseMs: options.webhookRetryBaseMs ?? 250,
      timeoutMs: options.webhookTimeoutMs ?? 10_000,
    },
    app.log,
  );

  let ownUrl = '';
  const publicUrl = () => options.publicUrl?.replace(/\/+$/, '') ?? ownUrl;
  const lifecycle = new Lifecycle(store, clock, publicUrl, {
    eventRecorded: () => dispatcher.wake(),
    assetQueued: (assetId) => queue.add(assetId),
    uploadClosed: (uploadId) => {
      writes
        .stop(uploadId)
        .then(() => files.removeUpload(uploadId))
        .catch((error: unknown) => app.log.error({ err: error, uploadId }, 'upload file not removed'));
    },
  });
  const context: DoubleContext = { store, lifecycle, files, queue, clock, publicUrl };

  app.register(restRoutes, { context, tokenId: options.tokenId, tokenSecret: options.tokenSecret });
  app.register(ingestRoutes, { context, writes });
  app.register(deliveryRoutes, { context, images });
  if (options.control ?? true) app.register(controlRoutes, { context, controls, dispatcher, faults, writes });

  let closed: Promise<void> | undefined;
  const shutDown = async () => {
    await writes.stopAll();
    await Promise.all([app.close(), queue.close(), images.close(), dispatcher.close()]);
    store.db.close();
  };
  const close = () => {
    closed ??= shutDown();
    return closed;
  };
  try {
    await files.sweep({ uploadIds: store.uploads.idsWithFile(), assetIds: new Set(store.assets.ids()) });
    const host = options.host ?? '127.0.0.1';
    const port = Number(new URL(await app.listen({ host, port: options.port ?? 0 })).port);
    ownUrl = `http://${host}:${port}`;
    store.events.makeAllDue(clock.now());
    queue.start(lifecycle);
    dispatcher.wake();
    app.log.info({ url: ownUrl, ...store.counts() }, 'mux double ready');
    return { url: publicUrl(), port, close };
  } catch (error) {
    await close();
    throw error;
  }
}
