import { assetEventBody, uploadBody } from './bodies.ts';
import type { Clock } from './clock.ts';
import { invalidParameters, MuxApiError } from './errors.ts';
import { newUuid } from './ids.ts';
import type { Asset, AssetChanges, AssetErrors } from './store/assets.ts';
import type { AssetMedia } from './store/media.ts';
import type { PlaybackId } from './store/playback-ids.ts';
import { type PlaybackPolicy, policiesOf } from './store/settings.ts';
import type { Store } from './store/store.ts';
import type { NewUpload, Upload } from './store/uploads.ts';
import { type EventType, eventEnvelope } from './webhooks/envelope.ts';

/** What the rest of the double hears of, after the change is on the disk. */
export interface LifecycleListeners {
  /** There is a webhook to send. */
  eventRecorded(): void;
  /** There is an asset to transcode. */
  assetQueued(assetId: string): void;
  /** No more bytes are wanted for this upload. */
  uploadClosed(uploadId: string): void;
}

/** Every change of state, each in one transaction with the webhook that tells of it. */
export class Lifecycle {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #publicUrl: () => string;
  readonly #listeners: LifecycleListeners;

  constructor(store: Store, clock: Clock, publicUrl: () => string, listeners: LifecycleListeners) {
    this.#store = store;
    this.#clock = clock;
    this.#publicUrl = publicUrl;
    this.#listeners = listeners;
  }

  createUpload(wanted: NewUpload): Upload {
    const upload = this.#store.db.transaction(() => {
      const created = this.#store.uploads.create(wanted, this.#clock.now());
      this.#recordUpload('video.upload.created', created);
      return created;
    });
    this.#listeners.eventRecorded();
    return upload;
  }

  /** Throws 403 unless the upload is still waiting, the vendor's answer ("Cancellation no longer possible"). */
  cancelUpload(upload: Upload): Upload {
    if (upload.status !== 'waiting') {
      throw new MuxApiError(403, 'forbidden', [
        `Cancellation no longer possible: the upload is ${upload.status}, not waiting.`,
      ]);
    }
    const cancelled = this.#store.db.transaction(() => {
      const after = this.#store.uploads.cancel(upload.id);
      this.#recordUpload('video.upload.cancelled', after);
      return after;
    });
    this.#listeners.uploadClosed(upload.id);
    this.#listeners.eventRecorded();
    return cancelled;
  }

  /** Marks uploads whose time is over. No webhook: the vendor sends none, so the product has to look for itself. */
  expireUploads(): void {
    for (const id of this.#store.uploads.expire(this.#clock.now())) this.#listeners.uploadClosed(id);
  }

  /** The last byte is on the disk: the upload becomes an asset, which is queued. An empty file becomes an error. */
  completeUpload(uploadId: string, size: number): void {
    if (size === 0) {
      this.#failUpload(uploadId, 'The uploaded file is empty.');
      return;
    }
    const asset = this.#store.db.transaction(() => {
      const now = this.#clock.now();
      const upload = this.#store.uploads.advance(uploadId, size, size);
      const created = this.#store.assets.create(upload, now);
      for (const policy of policiesOf(upload.settings)) this.#store.playbackIds.create(created.id, policy, now);
      this.#recordUpload('video.upload.asset_created', this.#store.uploads.succeed(upload.id, created.id));
      this.#recordAsset('video.asset.created', created);
      return created;
    });
    this.#listeners.assetQueued(asset.id);
    this.#listeners.eventRecorded();
  }

  #failUpload(uploadId: string, message: string): void {
    this.#store.db.transaction(() => {
      const failed = this.#store.uploads.fail(uploadId, { type: 'invalid_input', message });
      this.#recordUpload('video.upload.errored', failed);
    });
    this.#listeners.uploadClosed(uploadId);
    this.#listeners.eventRecorded();
  }

  assetReady(assetId: string, media: AssetMedia): void {
    this.#store.db.transaction(() => {
      this.#recordAsset('video.asset.ready', this.#store.assets.markReady(assetId, media));
    });
    this.#listeners.eventRecorded();
  }

  assetErrored(assetId: string, errors: AssetErrors): void {
    this.#store.db.transaction(() => {
      this.#recordAsset('video.asset.errored', this.#store.assets.markErrored(assetId, errors));
    });
    this.#listeners.eventRecorded();
  }

  updateAsset(asset: Asset, changes: AssetChanges): Asset {
    const updated = this.#store.db.transaction(() => {
      const after = this.#store.assets.update(asset, changes);
      this.#recordAsset('video.asset.updated', after);
      return after;
    });
    this.#listeners.eventRecorded();
    return updated;
  }

  /** Throws 400 while the asset is preparing, as the vendor does. */
  deleteAsset(asset: Asset): void {
    if (asset.status === 'preparing') throw invalidParameters("Can't delete a preparing asset.");
    this.#store.db.transaction(() => {
      this.#recordAsset('video.asset.deleted', asset);
      this.#store.assets.remove(asset.id);
    });
    this.#listeners.eventRecorded();
  }

  addPlaybackId(asset: Asset, policy: PlaybackPolicy): PlaybackId {
    const playbackId = this.#store.db.transaction(() => {
      const created = this.#store.playbackIds.create(asset.id, policy, this.#clock.now());
      this.#recordAsset('video.asset.updated', asset);
      return created;
    });
    this.#listeners.eventRecorded();
    return playbackId;
  }

  removePlaybackId(asset: Asset, playbackId: PlaybackId): void {
    this.#store.db.transaction(() => {
      this.#store.playbackIds.remove(playbackId.id);
      this.#recordAsset('video.asset.updated', asset);
    });
    this.#listeners.eventRecorded();
  }

  #recordUpload(type: EventType, upload: Upload): void {
    this.#record(type, { type: 'upload', id: upload.id }, uploadBody(upload, this.#publicUrl()));
  }

  #recordAsset(type: EventType, asset: Asset): void {
    const playbackIds = this.#store.playbackIds.ofAsset(asset.id);
    this.#record(type, { type: 'asset', id: asset.id }, assetEventBody(asset, playbackIds, 0));
  }

  #record(type: EventType, object: { type: 'upload' | 'asset'; id: string }, data: Record<string, unknown>): void {
    const id = newUuid();
    const createdAt = this.#clock.now();
    const body = eventEnvelope({ id, type, object, data, createdAt });
    this.#store.events.add({ id, type, objectId: object.id, body }, createdAt);
  }
}
