import type { FastifyBaseLogger } from 'fastify';
import type { Lifecycle } from '../lifecycle.ts';
import type { MediaFiles } from '../media-files.ts';
import type { Asset, AssetStore } from '../store/assets.ts';
import type { Transcoder } from './transcode.ts';

const SIDES: Readonly<Record<string, number>> = { '1080p': 1080, '1440p': 1440, '2160p': 2160 };

/**
 * Transcodes assets in the order in which they came, so many at once. It remembers nothing: what is to be done is what
 * the database calls `preparing`, and a restart queues that again.
 */
export class TranscodeQueue {
  readonly #assets: AssetStore;
  readonly #files: MediaFiles;
  readonly #transcode: Transcoder;
  readonly #concurrency: number;
  readonly #log: FastifyBaseLogger;
  readonly #waiting: string[] = [];
  readonly #running = new Map<string, { percent: number; abort: AbortController; done: Promise<void> }>();
  #lifecycle: Lifecycle | undefined;
  #paused = false;
  #closed = false;

  constructor(
    assets: AssetStore,
    files: MediaFiles,
    transcode: Transcoder,
    concurrency: number,
    log: FastifyBaseLogger,
  ) {
    this.#assets = assets;
    this.#files = files;
    this.#transcode = transcode;
    this.#concurrency = concurrency;
    this.#log = log;
  }

  /** Begins to work, telling `lifecycle` of every end. */
  start(lifecycle: Lifecycle): void {
    this.#lifecycle = lifecycle;
    for (const id of this.#assets.preparingIds()) this.add(id);
  }

  add(assetId: string): void {
    if (!this.#waiting.includes(assetId) && !this.#running.has(assetId)) this.#waiting.push(assetId);
    this.#next();
  }

  /** Per cent of the running transcoding, 0 while the asset waits. */
  progressOf(assetId: string): number {
    return this.#running.get(assetId)?.percent ?? 0;
  }

  get state(): { paused: boolean; waiting: number; running: number } {
    return { paused: this.#paused, waiting: this.#waiting.length, running: this.#running.size };
  }

  /** Pausing lets what runs come to its end and starts nothing new. */
  setPaused(paused: boolean): void {
    this.#paused = paused;
    this.#next();
  }

  /** Forgets all work and ends what runs; nothing is told of it. */
  async clear(): Promise<void> {
    this.#waiting.length = 0;
    const running = [...this.#running.values()];
    for (const job of running) job.abort.abort(new Error('transcoding was called off'));
    await Promise.all(running.map((job) => job.done));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.clear();
  }

  #next(): void {
    while (!this.#closed && !this.#paused && this.#lifecycle && this.#running.size < this.#concurrency) {
      const assetId = this.#waiting.shift();
      if (assetId === undefined) return;
      const asset = this.#assets.find(assetId);
      if (asset?.status === 'preparing') this.#run(asset, this.#lifecycle);
    }
  }

  #run(asset: Asset, lifecycle: Lifecycle): void {
    const abort = new AbortController();
    const job = { percent: 0, abort, done: Promise.resolve() };
    this.#running.set(asset.id, job);
    const work = async () => {
      const startedAt = performance.now();
      const result = await this.#transcode(this.#files, {
        assetId: asset.id,
        uploadId: asset.uploadId,
        highestSide: SIDES[asset.settings.max_resolution_tier ?? '1080p'] ?? 1080,
        signal: abort.signal,
        onProgress: (percent) => {
          job.percent = percent;
        },
      });
      const ms = Math.round(performance.now() - startedAt);
      if ('media' in result) lifecycle.assetReady(asset.id, result.media);
      else lifecycle.assetErrored(asset.id, result.errors);
      this.#log.info({ assetId: asset.id, ms, ...('errors' in result ? result.errors : {}) }, 'asset transcoded');
    };
    job.done = work()
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        this.#log.error({ err: error, assetId: asset.id }, 'transcoding broke');
        // A reset may have forgotten the asset in the meantime.
        if (this.#assets.find(asset.id) === undefined) return;
        lifecycle.assetErrored(asset.id, { type: 'internal_error', messages: ['The asset could not be processed.'] });
      })
      .finally(() => {
        this.#running.delete(asset.id);
        this.#next();
      });
  }
}
