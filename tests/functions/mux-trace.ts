import type { Upload } from '../src/arrange.ts';
import { assetOf } from '../src/arrange.ts';

/** An event of Mux as it is stored: its id is unique, its time is its own. */
export type MuxEvent = { id: string; type: string; objectId: string; data: Record<string, unknown>; at: Date };

const uploadData = (upload: Upload, status: string, more: Record<string, unknown> = {}) => ({
  id: upload.muxUploadId,
  status,
  timeout: 3600,
  new_asset_settings: { playback_policies: ['signed'], passthrough: upload.uploadJobId },
  ...more,
});

/**
 * The events of an upload that becomes a video, in the order in which Mux makes them. Source of the shapes:
 * https://www.mux.com/docs/core/listen-for-webhooks
 */
export function readyTrace(upload: Upload, from = new Date('2026-01-01T00:00:00Z')): MuxEvent[] {
  return trace(upload, from, [
    ['video.upload.created', uploadData(upload, 'waiting')],
    ['video.upload.asset_created', uploadData(upload, 'asset_created', { asset_id: upload.assetId })],
    ['video.asset.created', assetOf(upload, 'preparing')],
    ['video.asset.updated', assetOf(upload, 'preparing')],
    ['video.asset.ready', assetOf(upload, 'ready')],
    [
      'video.asset.updated',
      { ...assetOf(upload, 'ready'), playback_ids: [{ id: `${upload.playbackId}-2`, policy: 'signed' }] },
    ],
  ]);
}

/** What is left when Mux's events about the upload itself are lost. */
export function assetOnlyTrace(upload: Upload): MuxEvent[] {
  return readyTrace(upload).filter((event) => event.type.startsWith('video.asset.'));
}

/** The events of an upload whose file turns out to be no video. */
export function erroredTrace(upload: Upload, from = new Date('2026-01-01T00:00:00Z')): MuxEvent[] {
  return trace(upload, from, [
    ['video.upload.created', uploadData(upload, 'waiting')],
    ['video.upload.asset_created', uploadData(upload, 'asset_created', { asset_id: upload.assetId })],
    ['video.asset.created', assetOf(upload, 'preparing')],
    ['video.asset.errored', assetOf(upload, 'errored')],
  ]);
}

/** A video that was ready and then deleted at Mux. */
export function deletedTrace(upload: Upload): MuxEvent[] {
  const ready = readyTrace(upload);
  const last = ready.at(-1)?.at ?? new Date();
  return [
    ...ready,
    ...trace(upload, new Date(last.getTime() + 1_000), [['video.asset.deleted', assetOf(upload, 'ready')]]),
  ];
}

/** A video that was deleted at Mux, of which nothing else came than that it was made: the event that it was ready is lost or kept aside. */
export function deletedUnseenTrace(upload: Upload): MuxEvent[] {
  return deletedTrace(upload).filter(
    ({ type, data }) =>
      type.startsWith('video.upload.') || type === 'video.asset.deleted' || data.status === 'preparing',
  );
}

/** A file that is no video, and was deleted at Mux afterwards. */
export function erroredAndDeletedTrace(upload: Upload): MuxEvent[] {
  const errored = erroredTrace(upload);
  const last = errored.at(-1)?.at ?? new Date();
  return [
    ...errored,
    ...trace(upload, new Date(last.getTime() + 1_000), [['video.asset.deleted', assetOf(upload, 'errored')]]),
  ];
}

/** A cancelled upload. */
export function cancelledTrace(upload: Upload): MuxEvent[] {
  return trace(upload, new Date('2026-01-01T00:00:00Z'), [
    ['video.upload.created', uploadData(upload, 'waiting')],
    ['video.upload.cancelled', uploadData(upload, 'cancelled')],
  ]);
}

/** An upload whose cancellation Mux reports, although its file had arrived. */
export function cancelledTooLateTrace(upload: Upload): MuxEvent[] {
  return [...cancelledTrace(upload), ...readyTrace(upload, new Date('2026-01-01T00:01:00Z'))];
}

/** An upload that Mux reports as failed, although its asset becomes ready after all. */
export function readyAfterAllTrace(upload: Upload): MuxEvent[] {
  const error = { type: 'network', message: 'The connection was lost.' };
  return [
    ...readyTrace(upload),
    ...trace(upload, new Date('2026-01-01T00:02:00Z'), [
      ['video.upload.errored', uploadData(upload, 'errored', { error })],
    ]),
  ];
}

function trace(upload: Upload, from: Date, events: [type: string, data: Record<string, unknown>][]): MuxEvent[] {
  return events.map(([type, data], index) => ({
    id: `${upload.uploadJobId}-${from.getTime()}-${index}`,
    type,
    objectId: String(data.id),
    data,
    at: new Date(from.getTime() + index * 1_000),
  }));
}

/** The bytes that Mux would sign. */
export function bodyOf(event: MuxEvent): Buffer {
  return Buffer.from(
    JSON.stringify({
      type: event.type,
      id: event.id,
      object: { type: event.type.split('.')[1], id: event.objectId },
      environment: { id: 'test', name: 'Test' },
      data: event.data,
      created_at: event.at.toISOString(),
      attempts: [],
    }),
  );
}
