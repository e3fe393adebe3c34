import { z } from 'zod';
import { newMuxId } from '../ids.ts';
import type { Database } from './database.ts';
import { type AssetMedia, assetMedia, type TextTrack } from './media.ts';
import { newAssetSettings } from './settings.ts';
import type { Upload } from './uploads.ts';

const assetErrors = z.object({ type: z.string(), messages: z.array(z.string()) });

const row = z
  .object({
    seq: z.number(),
    id: z.string(),
    status: z.enum(['preparing', 'ready', 'errored']),
    upload_id: z.string(),
    settings: z.string(),
    passthrough: z.string().nullable(),
    thumbnail_time: z.number().nullable(),
    created_at: z.number(),
    media: z.string().nullable(),
    errors: z.string().nullable(),
  })
  .transform((columns) => ({
    /** Place in the order of creation: what the list's cursor counts by. */
    seq: columns.seq,
    id: columns.id,
    status: columns.status,
    uploadId: columns.upload_id,
    settings: newAssetSettings.parse(JSON.parse(columns.settings)),
    passthrough: columns.passthrough,
    thumbnailTime: columns.thumbnail_time,
    createdAt: columns.created_at,
    media: columns.media === null ? null : assetMedia.parse(JSON.parse(columns.media)),
    errors: columns.errors === null ? null : assetErrors.parse(JSON.parse(columns.errors)),
  }));

export type Asset = z.infer<typeof row>;
export type AssetErrors = z.infer<typeof assetErrors>;

/** What `PATCH /video/v1/assets/:id` may change. `undefined` leaves a field as it is. */
export interface AssetChanges {
  readonly passthrough?: string | undefined;
  readonly meta?: Asset['settings']['meta'] | undefined;
  readonly thumbnailTime?: number | null | undefined;
}

export class AssetStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** An asset in the state `preparing`, made of a finished upload. */
  create(upload: Upload, now: number): Asset {
    const id = newMuxId();
    this.#db.run(
      `insert into assets (id, status, upload_id, settings, passthrough, created_at)
       values (?, 'preparing', ?, ?, ?, ?)`,
      id,
      upload.id,
      JSON.stringify({ ...upload.settings, ...(upload.test ? { test: true } : {}) }),
      upload.settings.passthrough ?? null,
      now,
    );
    return this.#required(id);
  }

  find(id: string): Asset | undefined {
    const found = this.#db.one('select * from assets where id = ?', id);
    return found && row.parse(found);
  }

  /** Newest first; `before` is the `seq` that the last page ended with. */
  list(filter: { limit: number; offset: number; before: number | null; uploadId: string | null }): Asset[] {
    return this.#db
      .all(
        `select * from assets where (?1 is null or seq < ?1) and (?2 is null or upload_id = ?2)
         order by seq desc limit ?3 offset ?4`,
        filter.before,
        filter.uploadId,
        filter.limit,
        filter.offset,
      )
      .map((found) => row.parse(found));
  }

  /** What the queue has to take up again after a restart, oldest first. */
  preparingIds(): string[] {
    return this.#db
      .all("select id from assets where status = 'preparing' order by seq")
      .map((found) => z.string().parse(found.id));
  }

  ids(): string[] {
    return this.#db.all('select id from assets').map((found) => z.string().parse(found.id));
  }

  markReady(id: string, media: AssetMedia): Asset {
    this.#db.run("update assets set status = 'ready', media = ? where id = ?", JSON.stringify(media), id);
    return this.#required(id);
  }

  setTextTracks(asset: Asset, textTracks: TextTrack[]): Asset {
    this.#db.run('update assets set media = ? where id = ?', JSON.stringify({ ...asset.media, textTracks }), asset.id);
    return this.#required(asset.id);
  }

  markErrored(id: string, errors: AssetErrors): Asset {
    this.#db.run("update assets set status = 'errored', errors = ? where id = ?", JSON.stringify(errors), id);
    return this.#required(id);
  }

  update(asset: Asset, changes: AssetChanges): Asset {
    const settings = changes.meta === undefined ? asset.settings : { ...asset.settings, meta: changes.meta };
    this.#db.run(
      'update assets set passthrough = ?, settings = ?, thumbnail_time = ? where id = ?',
      changes.passthrough ?? asset.passthrough,
      JSON.stringify(settings),
      changes.thumbnailTime === undefined ? asset.thumbnailTime : changes.thumbnailTime,
      asset.id,
    );
    return this.#required(asset.id);
  }

  /** Makes it look older, or younger, than it is. Its place in lists stays. */
  setCreatedAt(id: string, createdAt: number): void {
    this.#db.run('update assets set created_at = ? where id = ?', createdAt, id);
  }

  remove(id: string): void {
    this.#db.run('delete from assets where id = ?', id);
  }

  #required(id: string): Asset {
    const asset = this.find(id);
    if (asset === undefined) throw new Error(`asset ${id} has gone`);
    return asset;
  }
}
