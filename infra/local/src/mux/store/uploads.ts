import { z } from 'zod';
import { newMuxId } from '../ids.ts';
import type { Database } from './database.ts';
import { type NewAssetSettings, newAssetSettings } from './settings.ts';

const uploadStatus = z.enum(['waiting', 'asset_created', 'errored', 'cancelled', 'timed_out']);
const uploadError = z.object({ type: z.string(), message: z.string() });

const row = z
  .object({
    id: z.string(),
    secret: z.string(),
    status: uploadStatus,
    timeout_s: z.number(),
    cors_origin: z.string(),
    settings: z.string(),
    is_test: z.number(),
    expires_at: z.number(),
    received: z.number(),
    total: z.number().nullable(),
    asset_id: z.string().nullable(),
    error: z.string().nullable(),
  })
  .transform((columns) => ({
    id: columns.id,
    /** The unguessable part of the upload's URL. */
    secret: columns.secret,
    status: columns.status,
    timeoutSeconds: columns.timeout_s,
    corsOrigin: columns.cors_origin,
    settings: newAssetSettings.parse(JSON.parse(columns.settings)),
    test: columns.is_test === 1,
    expiresAt: columns.expires_at,
    /** Bytes that are on the disk for good. */
    received: columns.received,
    /** The file's size in bytes, once the client has said it. */
    total: columns.total,
    assetId: columns.asset_id,
    error: columns.error === null ? null : uploadError.parse(JSON.parse(columns.error)),
  }));

export type Upload = z.infer<typeof row>;

export interface NewUpload {
  readonly corsOrigin: string;
  readonly timeoutSeconds: number;
  readonly settings: NewAssetSettings;
  readonly test: boolean;
}

/** Direct uploads. An upload that is past its time reads as `timed_out`, whoever reads it and whenever. */
export class UploadStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  create(upload: NewUpload, now: number): Upload {
    const id = newMuxId();
    this.#db.run(
      `insert into uploads (id, secret, status, timeout_s, cors_origin, settings, is_test, created_at, expires_at)
       values (?, ?, 'waiting', ?, ?, ?, ?, ?, ?)`,
      id,
      newMuxId(),
      upload.timeoutSeconds,
      upload.corsOrigin,
      JSON.stringify(upload.settings),
      upload.test ? 1 : 0,
      now,
      now + upload.timeoutSeconds * 1000,
    );
    return this.#required(id);
  }

  find(id: string): Upload | undefined {
    const found = this.#db.one('select * from uploads where id = ?', id);
    return found && row.parse(found);
  }

  findBySecret(secret: string): Upload | undefined {
    const found = this.#db.one('select * from uploads where secret = ?', secret);
    return found && row.parse(found);
  }

  /** Newest first. */
  list(limit: number, offset: number): Upload[] {
    return this.#db
      .all('select * from uploads order by seq desc limit ? offset ?', limit, offset)
      .map((found) => row.parse(found));
  }

  /** Marks every upload whose time is over, and returns their ids. The vendor sends no event for it. */
  expire(now: number): string[] {
    return this.#db
      .all("update uploads set status = 'timed_out' where status = 'waiting' and expires_at <= ? returning id", now)
      .map((found) => z.string().parse(found.id));
  }

  /** Uploads whose bytes are still needed: those that wait for more, and the sources of assets. */
  idsWithFile(): Set<string> {
    const rows = this.#db.all(
      "select id from uploads where status = 'waiting' or (asset_id is not null and asset_id in (select id from assets))",
    );
    return new Set(rows.map((found) => z.string().parse(found.id)));
  }

  /** Ends the upload's time at `now`: for tests that do not want to wait for it. */
  endTime(id: string, now: number): void {
    this.#db.run('update uploads set expires_at = ? where id = ?', now, id);
  }

  /** Records that so many bytes are on the disk. */
  advance(id: string, received: number, total: number | null): Upload {
    this.#db.run('update uploads set received = ?, total = coalesce(?, total) where id = ?', received, total, id);
    return this.#required(id);
  }

  cancel(id: string): Upload {
    this.#db.run("update uploads set status = 'cancelled' where id = ? and status = 'waiting'", id);
    return this.#required(id);
  }

  succeed(id: string, assetId: string): Upload {
    this.#db.run("update uploads set status = 'asset_created', asset_id = ? where id = ?", assetId, id);
    return this.#required(id);
  }

  fail(id: string, error: z.infer<typeof uploadError>): Upload {
    this.#db.run("update uploads set status = 'errored', error = ? where id = ?", JSON.stringify(error), id);
    return this.#required(id);
  }

  #required(id: string): Upload {
    const upload = this.find(id);
    if (upload === undefined) throw new Error(`upload ${id} has gone`);
    return upload;
  }
}
