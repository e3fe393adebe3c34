import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { textTrackBody } from '../bodies.ts';
import { readCues } from '../delivery/web-vtt.ts';
import { invalidParameters, notFound } from '../errors.ts';
import { newMuxId } from '../ids.ts';
import { findAsset } from './assets.ts';
import type { DoubleContext } from './context.ts';
import { parse } from './validation.ts';

const trackBody = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  type: z.literal('text'),
  text_type: z.literal('subtitles'),
  language_code: z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a BCP 47 language code'),
  name: z.string().min(1).max(100).optional(),
  closed_captions: z.boolean().default(false),
  passthrough: z.string().max(255).optional(),
});
const trackParams = z.object({ id: z.string(), trackId: z.string() });
const largestFile = 1_000_000;

/**
 * Text tracks of a ready asset: a WebVTT file that is fetched at once. The vendor prepares a track in the background and tells of it
 * by webhooks; here it is ready with the answer, and no webhook is sent.
 * Source: https://www.mux.com/docs/guides/add-subtitles-to-your-videos.
 */
export function textTrackRoutes(app: FastifyInstance, context: DoubleContext): void {
  const { store, files } = context;

  app.post('/video/v1/assets/:id/tracks', async (request, reply) => {
    const asset = findAsset(context, request.params);
    const body = parse(trackBody, request.body);
    if (asset.media === null) throw invalidParameters(`The asset is ${asset.status}: it takes no tracks.`);
    const response = await fetch(body.url, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
    const text = response?.ok ? await response.text() : '';
    if (text.length > largestFile || readCues(text).length === 0) {
      throw invalidParameters('url: must lead to a WebVTT file of up to 1 MB with cues');
    }
    const track = {
      id: newMuxId(),
      name: body.name ?? new Intl.DisplayNames('en', { type: 'language' }).of(body.language_code) ?? body.language_code,
      languageCode: body.language_code,
      closedCaptions: body.closed_captions,
      passthrough: body.passthrough ?? null,
    };
    const { textTracks } = asset.media;
    if (textTracks.some(({ name }) => name === track.name)) throw invalidParameters('name: is that of another track');
    const path = files.asset(asset.id, 'text', `${track.id}.vtt`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    store.assets.setTextTracks(asset, [...textTracks, track]);
    return reply.code(201).send({ data: textTrackBody(track) });
  });

  app.delete('/video/v1/assets/:id/tracks/:trackId', async (request, reply) => {
    const asset = findAsset(context, request.params);
    const { trackId } = parse(trackParams, request.params);
    const tracks = asset.media?.textTracks ?? [];
    if (!tracks.some(({ id }) => id === trackId)) throw notFound();
    store.assets.setTextTracks(
      asset,
      tracks.filter(({ id }) => id !== trackId),
    );
    await rm(files.asset(asset.id, 'text', `${trackId}.vtt`), { force: true });
    return reply.code(204).send();
  });
}
