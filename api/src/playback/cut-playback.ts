import type Mux from '@mux/mux-node';
import { NotFoundError } from '@mux/mux-node';
import type { Database } from '../db/database.ts';
import type { PlaybackTokenSigner } from './token-signer.ts';

/** A row of `app.claim_playback_cut()`. */
export interface ClaimedCut {
  readonly id: string;
  readonly runner: string;
  readonly state: 'requested' | 'switched' | 'deleted';
  readonly asset_id: string;
  readonly new_playback_id: string | null;
  readonly retired_ids: readonly string[];
  /** Ids that must not become the new one: the old one, and then what earlier cuts have retired. */
  readonly known_ids: readonly string[];
}

export interface CutDoors {
  readonly database: Pick<Database, 'query'>;
  readonly mux: Mux;
  /** Where players fetch HLS. */
  readonly streamUrl: string;
  readonly signer: () => Promise<PlaybackTokenSigner>;
}

/** The stream does not refuse as it should; its message is a code that may be stored. */
export class StillPlaysError extends Error {
  override readonly name = 'StillPlaysError';
}

const switchStatement = { name: 'switch_playback', text: 'select app.switch_playback($1, $2, $3, $4)' };
const deletedStatement = { name: 'finish_playback_deletion', text: 'select app.finish_playback_deletion($1, $2, $3)' };
const confirmStatement = {
  name: 'confirm_playback_cut',
  text: 'select app.confirm_playback_cut($1, $2, $3) as seconds',
};

/** Milliseconds after which the stream is not waited for. */
const probeTimeoutMs = 5_000;
/** Seconds that the token lives with which the stream is asked. */
const probeTokenSeconds = 60;
const refusals: readonly number[] = [401, 403, 404, 410];

interface PlaybackId {
  readonly id: string;
  readonly policy: string;
}

/** The playback ids that Mux lists of an asset; undefined when there is no such asset. */
async function playbackIdsOf(mux: Mux, assetId: string): Promise<PlaybackId[] | undefined> {
  try {
    return (await mux.video.assets.retrieve(assetId)).playback_ids ?? [];
  } catch (error) {
    if (error instanceof NotFoundError) {
      return undefined;
    }
    throw error;
  }
}

/**
 * The id that replaces the old one. One that Mux has and we do not know was made by a worker that ended before it wrote so down: it is taken,
 * so that however often this is begun, one is made.
 */
async function freshId(mux: Mux, cut: ClaimedCut, ids: readonly PlaybackId[]): Promise<string> {
  const [unknown] = ids
    .filter(({ id, policy }) => policy === 'signed' && !cut.known_ids.includes(id))
    .map(({ id }) => id)
    .sort();
  return unknown ?? (await mux.video.assets.createPlaybackId(cut.asset_id, { policy: 'signed' })).id;
}

async function remove(mux: Mux, assetId: string, playbackId: string): Promise<void> {
  try {
    await mux.video.assets.deletePlaybackId(assetId, playbackId);
  } catch (error) {
    // Deleted by an attempt that ended before it wrote so down.
    if (!(error instanceof NotFoundError)) {
      throw error;
    }
  }
}

/** Asks the stream for a manifest with a fresh token. Answers the status of its refusal. */
async function refusalOf({ streamUrl, signer }: CutDoors, playbackId: string): Promise<number> {
  const expiresAt = Math.floor(Date.now() / 1_000) + probeTokenSeconds;
  const token = await (await signer()).sign({ playbackId, audience: 'v', expiresAt });
  let status: number;
  try {
    const response = await fetch(`${streamUrl}/${encodeURIComponent(playbackId)}.m3u8?token=${token}`, {
      signal: AbortSignal.timeout(probeTimeoutMs),
    });
    await response.body?.cancel();
    status = response.status;
  } catch {
    throw new StillPlaysError('stream.no_answer');
  }
  if (!refusals.includes(status)) {
    throw new StillPlaysError(`stream.${status}`);
  }
  return status;
}

/**
 * Takes a claimed cut to its end: a new signed playback id at Mux, the switch in the database, every other id deleted, and the stream asked
 * whether it refuses them with a token that is good. Each step is written down before the next begins, and can be begun again.
 * @returns how many seconds have passed since somebody asked for the cut.
 * @throws what Mux, the stream or the database refused; what was reached is kept.
 */
export async function cutPlayback(doors: CutDoors, cut: ClaimedCut): Promise<number> {
  const { database, mux } = doors;
  let { state, new_playback_id: newId, retired_ids: retired } = cut;

  if (state === 'requested') {
    const ids = await playbackIdsOf(mux, cut.asset_id);
    if (ids !== undefined) {
      const chosen = await freshId(mux, cut, ids);
      const others = ids.map(({ id }) => id).filter((id) => id !== chosen);
      await database.query(switchStatement, [cut.id, cut.runner, chosen, others]);
      newId = chosen;
      state = 'switched';
    }
  }
  if (state !== 'deleted') {
    // Looked up again: whatever else the asset has by now goes as well.
    const others = ((await playbackIdsOf(mux, cut.asset_id)) ?? []).map(({ id }) => id).filter((id) => id !== newId);
    for (const id of others) {
      await remove(mux, cut.asset_id, id);
    }
    await database.query(deletedStatement, [cut.id, cut.runner, others]);
    retired = [...new Set([...cut.known_ids.slice(0, 1), ...retired, ...others])];
  }
  let status = 0;
  for (const id of retired) {
    status = Math.max(status, await refusalOf(doors, id));
  }
  const [row] = await database.query<{ seconds: number }>(confirmStatement, [cut.id, cut.runner, status]);
  return row?.seconds ?? 0;
}
