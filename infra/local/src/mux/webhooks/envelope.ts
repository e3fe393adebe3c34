import type { Body } from '../bodies.ts';

/** The events the double sends. There is none for a timed-out upload, as at the vendor. */
export type EventType =
  | 'video.upload.created'
  | 'video.upload.asset_created'
  | 'video.upload.cancelled'
  | 'video.upload.errored'
  | 'video.asset.created'
  | 'video.asset.ready'
  | 'video.asset.errored'
  | 'video.asset.updated'
  | 'video.asset.deleted';

export interface EventFacts {
  readonly id: string;
  readonly type: EventType;
  readonly object: { readonly type: 'upload' | 'asset'; readonly id: string };
  readonly data: Body;
  readonly createdAt: number;
}

/** Which environment of the account the events say they are from. */
const ENVIRONMENT = { id: 'mux-double', name: 'Development' };

/**
 * The event's JSON text. Source: https://www.mux.com/docs/core/listen-for-webhooks; times have six decimals there.
 * `attempts` stays empty: every attempt sends the same bytes.
 */
export function eventEnvelope(event: EventFacts): string {
  return JSON.stringify({
    type: event.type,
    request_id: null,
    object: event.object,
    id: event.id,
    environment: ENVIRONMENT,
    data: event.data,
    created_at: new Date(event.createdAt).toISOString().replace('Z', '000Z'),
    attempts: [],
    accessor_source: null,
    accessor: null,
  });
}
