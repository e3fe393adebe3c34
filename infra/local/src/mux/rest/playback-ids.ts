import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { playbackIdBody } from '../bodies.ts';
import { notFound } from '../errors.ts';
import type { PlaybackId } from '../store/playback-ids.ts';
import { playbackPolicy } from '../store/settings.ts';
import { findAsset } from './assets.ts';
import type { DoubleContext } from './context.ts';
import { parse } from './validation.ts';

const createBody = z.strictObject({ policy: playbackPolicy.default('public') });
const playbackIdParams = z.object({ playbackId: z.string() });

/** Playback IDs. Source: https://www.mux.com/docs/api-reference/video/playback-id. A deleted one is refused at once. */
export function playbackIdRoutes(app: FastifyInstance, context: DoubleContext): void {
  const { store, lifecycle } = context;
  const find = (params: unknown): PlaybackId => {
    const playbackId = store.playbackIds.find(parse(playbackIdParams, params).playbackId);
    if (playbackId === undefined) throw notFound();
    return playbackId;
  };
  const findOfAsset = (params: unknown) => {
    const asset = findAsset(context, params);
    const playbackId = find(params);
    if (playbackId.assetId !== asset.id) throw notFound();
    return { asset, playbackId };
  };

  app.post('/video/v1/assets/:id/playback-ids', async (request, reply) => {
    const asset = findAsset(context, request.params);
    const { policy } = parse(createBody, request.body ?? {});
    return reply.code(201).send({ data: playbackIdBody(lifecycle.addPlaybackId(asset, policy)) });
  });

  app.get('/video/v1/assets/:id/playback-ids/:playbackId', async (request) => ({
    data: playbackIdBody(findOfAsset(request.params).playbackId),
  }));

  app.delete('/video/v1/assets/:id/playback-ids/:playbackId', async (request, reply) => {
    const { asset, playbackId } = findOfAsset(request.params);
    lifecycle.removePlaybackId(asset, playbackId);
    return reply.code(204).send();
  });

  app.get('/video/v1/playback-ids/:playbackId', async (request) => {
    const playbackId = find(request.params);
    return { data: { ...playbackIdBody(playbackId), object: { type: 'asset', id: playbackId.assetId } } };
  });
}
