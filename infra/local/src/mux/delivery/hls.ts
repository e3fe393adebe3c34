import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { notFound } from '../errors.ts';
import type { DoubleContext } from '../rest/context.ts';
import { parse } from '../rest/validation.ts';
import type { AssetMedia, Rendition } from '../store/media.ts';
import { type Access, admit } from './access.ts';
import { cacheFor, sendFile } from './send-file.ts';

const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl';

const renditionParams = z.object({ rendition: z.string() });
/** Five digits, as the encoder numbers them: nothing else can be a path. */
const segmentParams = z.object({ segment: z.string().regex(/^\d{5}$/) });

/** Streams: the master playlist, the rendition playlists and every segment, each behind its own check of the token. */
export function hlsRoutes(app: FastifyInstance, context: DoubleContext): void {
  app.get('/:playbackId.m3u8', async (request, reply) => {
    const access = await admit(context, request, 'v');
    return reply.type(PLAYLIST_TYPE).header('cache-control', 'no-store').send(masterPlaylist(access));
  });

  app.get('/:playbackId/renditions/:rendition.m3u8', async (request, reply) => {
    const access = await admit(context, request, 'v');
    const rendition = findRendition(access.media, request.params);
    const stored = await readFile(context.files.asset(access.asset.id, rendition.name, 'index.m3u8'), 'utf8');
    return reply
      .type(PLAYLIST_TYPE)
      .header('cache-control', 'no-store')
      .send(mediaPlaylist(stored, rendition, access.token));
  });

  app.get('/:playbackId/renditions/:rendition/:segment.ts', async (request, reply) => {
    const access = await admit(context, request, 'v');
    const rendition = findRendition(access.media, request.params);
    const parsed = segmentParams.safeParse(request.params);
    if (!parsed.success) throw notFound();
    const path = context.files.asset(access.asset.id, rendition.name, `${parsed.data.segment}.ts`);
    return sendFile(request, cacheFor(access, reply), { path, type: 'video/mp2t' });
  });
}

function findRendition(media: AssetMedia, params: unknown): Rendition {
  const { rendition: name } = parse(renditionParams, params);
  const rendition = media.renditions.find((candidate) => candidate.name === name);
  if (rendition === undefined) throw notFound();
  return rendition;
}

/** Relative addresses, so that a stream keeps working behind whatever host it was fetched from. */
function masterPlaylist({ playbackId, media, token }: Access): string {
  const variants = media.renditions.flatMap((rendition) => [
    `#EXT-X-STREAM-INF:${[
      `BANDWIDTH=${rendition.bandwidth}`,
      `AVERAGE-BANDWIDTH=${rendition.averageBandwidth}`,
      `CODECS="${rendition.codecs}"`,
      `RESOLUTION=${rendition.width}x${rendition.height}`,
      ...(rendition.frameRate > 0 ? [`FRAME-RATE=${rendition.frameRate.toFixed(3)}`] : []),
      'CLOSED-CAPTIONS=NONE',
    ].join(',')}`,
    withToken(`${playbackId}/renditions/${rendition.name}.m3u8`, token),
  ]);
  return `${['#EXTM3U', '#EXT-X-VERSION:6', '#EXT-X-INDEPENDENT-SEGMENTS', ...variants].join('\n')}\n`;
}

/** The encoder's playlist with the caller's own token behind each segment. */
function mediaPlaylist(stored: string, rendition: Rendition, token: string | undefined): string {
  return stored.replace(/^[^#\s].*$/gm, (uri) => withToken(`${rendition.name}/${uri}`, token));
}

/** Adds the token to an address, where there is one. */
export function withToken(uri: string, token: string | undefined): string {
  return token === undefined ? uri : `${uri}?token=${encodeURIComponent(token)}`;
}
