import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { notFound } from '../errors.ts';
import type { DoubleContext } from '../rest/context.ts';
import { hlsRoutes } from './hls.ts';
import type { ImageMaker } from './image-maker.ts';
import { imageRoutes } from './images.ts';

/** What a viewer fetches: at the vendor stream.mux.com and image.mux.com, here one origin. */
export async function deliveryRoutes(
  app: FastifyInstance,
  { context, images }: { context: DoubleContext; images: ImageMaker },
): Promise<void> {
  // Refusals too: a player that may not read the 403 can only report that something went wrong.
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*');
    reply.header('access-control-expose-headers', 'Content-Length, Content-Range, Accept-Ranges');
    reply.header('cache-control', 'no-store');
  });
  const preflight = async (request: FastifyRequest, reply: FastifyReply) => {
    const params = z.object({ playbackId: z.string() }).parse(request.params);
    if (context.store.playbackIds.find(params.playbackId) === undefined) throw notFound();
    reply.header('access-control-allow-methods', 'GET, HEAD, OPTIONS').header('access-control-allow-headers', 'range');
    return reply.header('access-control-max-age', '600').code(204).send();
  };
  app.options('/:playbackId.m3u8', preflight);
  app.options('/:playbackId/*', preflight);
  hlsRoutes(app, context);
  imageRoutes(app, context, images);
}
