import type Mux from '@mux/mux-node';
import { APIError, NotFoundError } from '@mux/mux-node';

/** One answer of Mux, as it stands in the evidence of a step. Names no person: ids of Mux only. */
export interface MuxAnswer {
  readonly request: string;
  readonly status: number;
  /** When it was answered, ISO 8601. */
  readonly at: string;
  /** What Mux calls the state of the thing, where the answer says. */
  readonly told?: string;
}

/** What Mux does not say as it should; its message is a code that may be stored. */
export class StillAtMuxError extends Error {
  override readonly name = 'StillAtMuxError';
}

const answer = (request: string, status: number, told?: string): MuxAnswer => ({
  request,
  status,
  at: new Date().toISOString(),
  ...(told === undefined ? {} : { told }),
});

/** The status that Mux answered with; throws what is no answer about the thing itself (overload, a fault, no answer at all). */
function statusOf(error: unknown, expected: readonly number[]): number {
  if (error instanceof APIError && typeof error.status === 'number' && expected.includes(error.status)) {
    return error.status;
  }
  throw error;
}

/**
 * Deletes an asset and asks for it once more: only an answer of 404 proves that it is gone. Deleting one that is gone already is fine.
 * @throws {StillAtMuxError} when Mux still has it, which a later attempt may find otherwise.
 */
export async function deleteAsset(mux: Mux, assetId: string): Promise<MuxAnswer[]> {
  const path = `/video/v1/assets/${assetId}`;
  const deleted = await mux.video.assets
    .delete(assetId)
    .asResponse()
    .then(
      (response) => response.status,
      (error: unknown) => statusOf(error, [404]),
    );
  const answers = [answer(`DELETE ${path}`, deleted)];
  try {
    await mux.video.assets.retrieve(assetId);
  } catch (error) {
    return [...answers, answer(`GET ${path}`, statusOf(error, [404]))];
  }
  throw new StillAtMuxError('mux.asset_still_there');
}

/** An upload that takes no more bytes, and the asset that came out of it, if one did. */
export interface EndedUpload {
  readonly answers: MuxAnswer[];
  /** As Mux shows it, to be folded like an event; undefined when there is none. */
  readonly asset: object | undefined;
}

/**
 * Takes an upload back, or finds that it has ended: Mux refuses with 403 when it is not waiting any more.
 * @throws {StillAtMuxError} when it still waits for bytes.
 */
export async function cancelUpload(mux: Mux, uploadId: string): Promise<EndedUpload> {
  const path = `/video/v1/uploads/${uploadId}`;
  const cancelled = await mux.video.uploads
    .cancel(uploadId)
    .asResponse()
    .then(
      (response) => response.status,
      (error: unknown) => statusOf(error, [403, 404]),
    );
  const answers = [answer(`PUT ${path}/cancel`, cancelled)];
  let upload: Mux.Video.Upload;
  try {
    upload = await mux.video.uploads.retrieve(uploadId);
  } catch (error) {
    return { answers: [...answers, answer(`GET ${path}`, statusOf(error, [404]))], asset: undefined };
  }
  if (upload.status === 'waiting') {
    throw new StillAtMuxError('mux.upload_still_waiting');
  }
  return { answers: [...answers, answer(`GET ${path}`, 200, upload.status)], asset: await assetOf(mux, upload) };
}

async function assetOf(mux: Mux, upload: Mux.Video.Upload): Promise<object | undefined> {
  if (upload.asset_id === undefined) {
    return undefined;
  }
  try {
    return await mux.video.assets.retrieve(upload.asset_id);
  } catch (error) {
    if (error instanceof NotFoundError) {
      return undefined;
    }
    throw error;
  }
}
