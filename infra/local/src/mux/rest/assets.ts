import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { assetBody, type Body, inputInfoBody } from '../bodies.ts';
import { invalidParameters, notFound } from '../errors.ts';
import type { Asset } from '../store/assets.ts';
import { meta, passthrough } from '../store/settings.ts';
import type { DoubleContext } from './context.ts';
import { pageQuery, parse } from './validation.ts';

const listQuery = pageQuery.extend({
  cursor: z.string().optional(),
  upload_id: z.string().optional(),
  live_stream_id: z.string().optional(),
});

const updateBody = z.strictObject({
  passthrough: passthrough.optional(),
  meta: meta.optional(),
  thumbnail_time: z.number().min(0, 'must not be negative').optional(),
});

const idParams = z.object({ id: z.string() });

/** The asset that a path names. Throws 404. */
export function findAsset({ store }: DoubleContext, params: unknown): Asset {
  const asset = store.assets.find(parse(idParams, params).id);
  if (asset === undefined) throw notFound();
  return asset;
}

/** Assets. Source: https://www.mux.com/docs/api-reference/video/assets. They are made by uploads only. */
export function assetRoutes(app: FastifyInstance, context: DoubleContext): void {
  const { store, lifecycle, queue, files } = context;
  const show = (asset: Asset): Body =>
    assetBody(asset, store.playbackIds.ofAsset(asset.id), queue.progressOf(asset.id));

  app.get('/video/v1/assets', async (request) => {
    const query = parse(listQuery, request.query);
    // There are no live streams here, so nothing was made of one.
    if (query.live_stream_id !== undefined) return { data: [], next_cursor: null };
    const { cursor, limit, page } = query;
    const before = cursor === undefined ? null : readCursor(cursor);
    const offset = before === null ? (page - 1) * limit : 0;
    // One more than asked for tells whether there is a next page.
    const found = store.assets.list({ limit: limit + 1, offset, before, uploadId: query.upload_id ?? null });
    const assets = found.slice(0, limit);
    const last = assets.at(-1);
    return {
      data: assets.map(show),
      next_cursor: found.length > limit && last !== undefined ? writeCursor(last.seq) : null,
    };
  });

  app.get('/video/v1/assets/:id', async (request) => ({ data: show(findAsset(context, request.params)) }));

  app.patch('/video/v1/assets/:id', async (request) => {
    const asset = findAsset(context, request.params);
    const body = parse(updateBody, request.body);
    if (body.thumbnail_time !== undefined && body.thumbnail_time > (asset.media?.durationSeconds ?? 0)) {
      throw invalidParameters('thumbnail_time: must be within the duration of a ready asset');
    }
    const { passthrough, meta, thumbnail_time: thumbnailTime } = body;
    return { data: show(lifecycle.updateAsset(asset, { passthrough, meta, thumbnailTime })) };
  });

  app.delete('/video/v1/assets/:id/thumbnail-time', async (request, reply) => {
    lifecycle.updateAsset(findAsset(context, request.params), { thumbnailTime: null });
    return reply.code(204).send();
  });

  app.delete('/video/v1/assets/:id', async (request, reply) => {
    const asset = findAsset(context, request.params);
    lifecycle.deleteAsset(asset);
    await files.removeAsset(asset.id);
    await files.removeUpload(asset.uploadId);
    return reply.code(204).send();
  });

  app.get('/video/v1/assets/:id/input-info', async (request) => ({
    data: inputInfoBody(findAsset(context, request.params)),
  }));
}

/** Opaque to clients, as at the vendor. */
function writeCursor(seq: number): string {
  return Buffer.from(`before:${seq}`).toString('base64url');
}

function readCursor(cursor: string): number {
  const seq = /^before:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1];
  if (seq === undefined) throw invalidParameters('cursor: must be the next_cursor of an earlier page');
  return Number(seq);
}
