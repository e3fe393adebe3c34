import { z } from 'zod';
import { newMuxId } from '../ids.ts';
import type { Database } from './database.ts';
import { type PlaybackPolicy, playbackPolicy } from './settings.ts';

const row = z
  .object({ id: z.string(), asset_id: z.string(), policy: playbackPolicy })
  .transform((columns) => ({ id: columns.id, assetId: columns.asset_id, policy: columns.policy }));

export type PlaybackId = z.infer<typeof row>;

export class PlaybackIdStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  create(assetId: string, policy: PlaybackPolicy, now: number): PlaybackId {
    const id = newMuxId();
    this.#db.run(
      'insert into playback_ids (id, asset_id, policy, created_at) values (?, ?, ?, ?)',
      id,
      assetId,
      policy,
      now,
    );
    return { id, assetId, policy };
  }

  find(id: string): PlaybackId | undefined {
    const found = this.#db.one('select * from playback_ids where id = ?', id);
    return found && row.parse(found);
  }

  /** Oldest first. */
  ofAsset(assetId: string): PlaybackId[] {
    return this.#db
      .all('select * from playback_ids where asset_id = ? order by created_at, rowid', assetId)
      .map((found) => row.parse(found));
  }

  remove(id: string): void {
    this.#db.run('delete from playback_ids where id = ?', id);
  }
}
