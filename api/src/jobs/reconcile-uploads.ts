import type Mux from '@mux/mux-node';
import { NotFoundError } from '@mux/mux-node';
import type { Logger } from 'pino';
import { crashPoint } from '../crash-point.ts';
import type { Database } from '../db/database.ts';

interface StaleUpload {
  id: string;
  mux_upload_id: string | null;
  state: string;
}

const staleStatement = { name: 'stale_uploads', text: 'select id, mux_upload_id, state from app.stale_uploads($1)' };
const failStatement = { name: 'fail_upload', text: 'select app.fail_upload($1, $2, $3)' };
const uploadSnapshotStatement = {
  name: 'apply_upload_snapshot',
  text: 'select app.apply_upload_snapshot($1, $2, $3, $4, $5)',
};
const assetSnapshotStatement = { name: 'apply_asset_snapshot', text: 'select app.apply_asset_snapshot($1::jsonb)' };

/** Jobs looked at per pass: Mux allows about one read per second. */
const batchSize = 20;

/** What Mux has, or undefined when it knows no such thing (any more). */
async function retrieved<T>(request: PromiseLike<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof NotFoundError) {
      return undefined;
    }
    throw error;
  }
}

/** Asks Mux about one upload and folds the answer; closes it when Mux knows it no more. */
export async function reconcileUpload(
  database: Database,
  mux: Mux,
  { id, mux_upload_id: muxUploadId }: Pick<StaleUpload, 'id' | 'mux_upload_id'>,
): Promise<void> {
  const fail = (code: string, message: string) => database.query(failStatement, [id, code, message]);
  if (muxUploadId === null) {
    // The process ended between writing the job and hearing from Mux; nobody has an upload URL.
    await fail('upload.interrupted', 'The upload was interrupted before it began. Please try again.');
    return;
  }
  const upload = await retrieved(mux.video.uploads.retrieve(muxUploadId));
  crashPoint('reconcile.asked');
  const status = upload?.status ?? 'timed_out';
  await database.query(uploadSnapshotStatement, [
    id,
    status,
    upload?.asset_id ?? null,
    upload?.error?.type ?? null,
    upload?.error?.message ?? null,
  ]);
  if (upload?.asset_id === undefined) {
    return;
  }
  const asset = await retrieved(mux.video.assets.retrieve(upload.asset_id));
  if (asset === undefined) {
    await fail('upload.asset_missing', 'The video service no longer has this video. Please upload it again.');
  } else {
    await database.query(assetSnapshotStatement, [JSON.stringify(asset)]);
  }
}

/**
 * Asks Mux about every upload that should have ended by now and folds the answer: an event may have been lost, and for an upload
 * that ran out of time Mux sends none. One upload that cannot be asked about does not keep the others waiting.
 * @returns how many were asked about.
 */
export async function reconcileStaleUploads(database: Database, mux: Mux, log: Logger): Promise<number> {
  const stale = await database.query<StaleUpload>(staleStatement, [batchSize]);
  for (const upload of stale) {
    try {
      await reconcileUpload(database, mux, upload);
      log.info({ uploadJobId: upload.id, state: upload.state }, 'stale upload reconciled');
    } catch (error) {
      log.warn({ uploadJobId: upload.id, err: error }, 'stale upload could not be reconciled');
    }
  }
  return stale.length;
}
