import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { forbidden, MuxApiError, notFound } from '../errors.ts';
import type { DoubleContext } from '../rest/context.ts';
import { parse } from '../rest/validation.ts';
import type { Asset } from '../store/assets.ts';
import type { AssetMedia } from '../store/media.ts';
import { refusalBy } from './restriction.ts';
import { type Audience, verifyPlaybackToken } from './token.ts';

/** A request that may see what it asks for. */
export interface Access {
  readonly playbackId: string;
  readonly asset: Asset;
  readonly media: AssetMedia;
  /** The token to hand on in the URLs of playlists; undefined for a public playback ID. */
  readonly token: string | undefined;
  /** Parameters of images: the token's claims where there is one, since it signs them too; the query otherwise. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

const paramsSchema = z.object({ playbackId: z.string() });

/**
 * The one gate of delivery: master playlists, renditions, segments and images all come through here, each on its own.
 * Throws 404 for an unknown or deleted playback ID, 403 for a token that does not open it, 412 while there is nothing to play.
 */
export async function admit(context: DoubleContext, request: FastifyRequest, audience: Audience): Promise<Access> {
  const { store, clock } = context;
  const playbackId = store.playbackIds.find(parse(paramsSchema, request.params).playbackId);
  if (playbackId === undefined) throw notFound();
  const query = queryOf(request);
  if (playbackId.policy === 'public') {
    return { ...playable(context, playbackId.assetId), playbackId: playbackId.id, token: undefined, parameters: query };
  }
  const { token } = query;
  if (typeof token !== 'string' || token === '') throw forbidden('This playback ID is signed: a token is required.');
  const demands = { playbackId: playbackId.id, audience, at: clock.tokenTime() };
  const claims = await verifyPlaybackToken(token, demands, store.signingKeys);
  checkRestriction(context, claims.playback_restriction_id, request);
  return { ...playable(context, playbackId.assetId), playbackId: playbackId.id, token, parameters: claims };
}

/** The query of a request, as far as it is one. */
export function queryOf(request: FastifyRequest): Record<string, unknown> {
  return typeof request.query === 'object' && request.query !== null ? { ...request.query } : {};
}

function checkRestriction({ store }: DoubleContext, id: unknown, request: FastifyRequest): void {
  if (id === undefined) return;
  const restriction = typeof id === 'string' ? store.restrictions.find(id) : undefined;
  if (restriction === undefined) throw forbidden("The token's playback restriction does not exist.");
  const { referer, 'user-agent': userAgent } = request.headers;
  const refusal = refusalBy(restriction, { referer, userAgent });
  if (refusal !== undefined) throw forbidden(refusal);
}

function playable({ store }: DoubleContext, assetId: string): { asset: Asset; media: AssetMedia } {
  const asset = store.assets.find(assetId);
  if (asset === undefined) throw notFound();
  if (asset.media === null) {
    throw new MuxApiError(412, 'not_ready', [`The asset is ${asset.status}: there is nothing to play.`]);
  }
  return { asset, media: asset.media };
}
