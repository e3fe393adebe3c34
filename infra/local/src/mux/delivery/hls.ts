import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { notFound } from '../errors.ts';
import type { DoubleContext } from '../rest/context.ts';
import { parse } from '../rest/validation.ts';
import type { AssetMedia, Rendition, TextTrack } from '../store/media.ts';
import { type Access, admit } from './access.ts';
import { cacheFor, sendFile } from './send-file.ts';
import { firstPts, readCues, segmentOf } from './web-vtt.ts';

const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl';

/** Length of a segment of subtitles. */
const SUBTITLE_SECONDS = 10;

const trackParams = z.object({ track: z.string() });
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

  app.get('/:playbackId/subtitles/:track.m3u8', async (request, reply) => {
    const access = await admit(context, request, 'v');
    const track = findTrack(access.media, request.params);
    return reply.type(PLAYLIST_TYPE).header('cache-control', 'no-store').send(subtitlePlaylist(access, track));
  });

  app.get('/:playbackId/subtitles/:track/:segment.vtt', async (request, reply) => {
    const access = await admit(context, request, 'v');
    const track = findTrack(access.media, request.params);
    const parsed = segmentParams.safeParse(request.params);
    const from = parsed.success ? Number(parsed.data.segment) * SUBTITLE_SECONDS : Number.POSITIVE_INFINITY;
    const [first] = access.media.renditions;
    if (from >= access.media.durationSeconds || first === undefined) throw notFound();
    const [text, video] = await Promise.all([
      readFile(context.files.asset(access.asset.id, 'text', `${track.id}.vtt`), 'utf8'),
      readFile(context.files.asset(access.asset.id, first.name, '00000.ts')),
    ]);
    return cacheFor(access, reply)
      .type('text/vtt; charset=utf-8')
      .send(segmentOf(readCues(text), from, from + SUBTITLE_SECONDS, firstPts(video)));
  });
}

function findTrack(media: AssetMedia, params: unknown): TextTrack {
  const { track: id } = parse(trackParams, params);
  const track = media.textTracks.find((candidate) => candidate.id === id);
  if (track === undefined) throw notFound();
  return track;
}

function subtitlePlaylist({ media, token }: Access, track: TextTrack): string {
  const count = Math.ceil(media.durationSeconds / SUBTITLE_SECONDS);
  const segments = Array.from({ length: count }, (_, n) => [
    `#EXTINF:${Math.min(SUBTITLE_SECONDS, media.durationSeconds - n * SUBTITLE_SECONDS).toFixed(5)},`,
    withToken(`${track.id}/${String(n).padStart(5, '0')}.vtt`, token),
  ]);
  const head = ['#EXTM3U', '#EXT-X-VERSION:6', `#EXT-X-TARGETDURATION:${SUBTITLE_SECONDS}`, '#EXT-X-PLAYLIST-TYPE:VOD'];
  return `${[...head, ...segments.flat(), '#EXT-X-ENDLIST'].join('\n')}\n`;
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
      ...(media.textTracks.length > 0 ? ['SUBTITLES="sub1"'] : []),
    ].join(',')}`,
    withToken(`${playbackId}/renditions/${rendition.name}.m3u8`, token),
  ]);
  const subtitles = media.textTracks.map(
    ({ id, name, languageCode, closedCaptions }) =>
      `#EXT-X-MEDIA:${[
        'TYPE=SUBTITLES',
        'GROUP-ID="sub1"',
        ...(closedCaptions ? ['CHARACTERISTICS="public.accessibility.transcribes-spoken-dialog"'] : []),
        `NAME="${name.replace(/["\r\n]/g, ' ')}"`,
        'AUTOSELECT=YES,DEFAULT=NO,FORCED=NO',
        `LANGUAGE="${languageCode}"`,
        `URI="${withToken(`${playbackId}/subtitles/${id}.m3u8`, token)}"`,
      ].join(',')}`,
  );
  return `${['#EXTM3U', '#EXT-X-VERSION:6', '#EXT-X-INDEPENDENT-SEGMENTS', ...subtitles, ...variants].join('\n')}\n`;
}

/** The encoder's playlist with the caller's own token behind each segment. */
function mediaPlaylist(stored: string, rendition: Rendition, token: string | undefined): string {
  return stored.replace(/^[^#\s].*$/gm, (uri) => withToken(`${rendition.name}/${uri}`, token));
}

/** Adds the token to an address, where there is one. */
export function withToken(uri: string, token: string | undefined): string {
  return token === undefined ? uri : `${uri}?token=${encodeURIComponent(token)}`;
}
