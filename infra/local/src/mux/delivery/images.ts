import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { forbidden, invalidParameters, notFound } from '../errors.ts';
import type { DoubleContext } from '../rest/context.ts';
import { parse } from '../rest/validation.ts';
import { type Access, admit, queryOf } from './access.ts';
import { withToken } from './hls.ts';
import type { ImageMaker } from './image-maker.ts';
import { animationParameters, IMAGE_PARAMETER_NAMES, thumbnailParameters } from './image-parameters.ts';
import { cacheFor, sendFile } from './send-file.ts';
import { storyboardJson, storyboardVtt } from './storyboard.ts';

const TYPES = { jpg: 'image/jpeg', png: 'image/png', webp: 'image/webp', gif: 'image/gif' } as const;

const still = z.object({ extension: z.enum(['jpg', 'png', 'webp']) });
const moving = z.object({ extension: z.enum(['gif', 'webp']) });
const board = z.object({ extension: z.enum(['jpg', 'png', 'webp', 'vtt', 'json']) });
const boardFormat = z.object({ format: z.enum(['jpg', 'png', 'webp']).default('jpg') });

/** Images: thumbnails (`aud` t), animated images (g) and storyboards (s). */
export function imageRoutes(app: FastifyInstance, context: DoubleContext, maker: ImageMaker): void {
  app.get('/:playbackId/thumbnail.:extension', async (request, reply) => {
    const { extension } = existing(still, request.params);
    const access = await admit(context, request, 't');
    refuseUnsigned(access, request);
    const parameters = parse(thumbnailParameters, access.parameters);
    if ((parameters.time ?? 0) > access.media.durationSeconds) {
      throw invalidParameters('time: must be within the duration of the asset');
    }
    const path = await maker.thumbnail(access.asset, access.media, parameters, extension);
    return sendFile(request, cacheFor(access, reply), { path, type: TYPES[extension] });
  });

  app.get('/:playbackId/animated.:extension', async (request, reply) => {
    const { extension } = existing(moving, request.params);
    const access = await admit(context, request, 'g');
    refuseUnsigned(access, request);
    const parameters = parse(animationParameters, access.parameters);
    if (parameters.start >= access.media.durationSeconds) {
      throw invalidParameters('start: must be within the duration of the asset');
    }
    const path = await maker.animation(access.asset, parameters, extension);
    return sendFile(request, cacheFor(access, reply), { path, type: TYPES[extension] });
  });

  app.get('/:playbackId/storyboard.:extension', async (request, reply) => {
    const { extension } = existing(board, request.params);
    const access = await admit(context, request, 's');
    cacheFor(access, reply);
    if (extension !== 'vtt' && extension !== 'json') {
      const path = await maker.storyboard(access.asset, extension);
      return sendFile(request, reply, { path, type: TYPES[extension] });
    }
    const { storyboard, durationSeconds } = access.media;
    const { format } = parse(boardFormat, queryOf(request));
    const imageUrl = withToken(`${context.publicUrl()}/${access.playbackId}/storyboard.${format}`, access.token);
    return extension === 'vtt'
      ? reply.type('text/vtt; charset=utf-8').send(storyboardVtt(storyboard, durationSeconds, imageUrl))
      : reply.send(storyboardJson(storyboard, durationSeconds, imageUrl));
  });
}

/** An extension that does not exist is a page that does not exist. */
function existing<T>(schema: z.ZodType<T>, params: unknown): T {
  const parsed = schema.safeParse(params);
  if (!parsed.success) throw notFound();
  return parsed.data;
}

/**
 * A token signs the parameters too: one beside it in the URL is not what was signed. The vendor leaves such a parameter
 * without effect; here it is refused, so that nobody believes it has one.
 */
function refuseUnsigned(access: Access, request: FastifyRequest): void {
  if (access.token === undefined) return;
  const query = queryOf(request);
  const strays = IMAGE_PARAMETER_NAMES.filter((name) => name in query);
  if (strays.length > 0) throw forbidden(`${strays.join(', ')}: must be a claim of the token, not part of the URL.`);
}
