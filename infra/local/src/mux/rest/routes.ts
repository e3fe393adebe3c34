import type { FastifyInstance } from 'fastify';
import { assetRoutes } from './assets.ts';
import type { DoubleContext } from './context.ts';
import { requireCredentials } from './credentials.ts';
import { playbackIdRoutes } from './playback-ids.ts';
import { playbackRestrictionRoutes } from './playback-restrictions.ts';
import { signingKeyRoutes } from './signing-keys.ts';
import { textTrackRoutes } from './text-tracks.ts';
import { uploadRoutes } from './uploads.ts';

/** The REST API: everything under `/video/v1` and `/system/v1`, behind HTTP Basic. */
export async function restRoutes(
  app: FastifyInstance,
  options: { context: DoubleContext; tokenId: string; tokenSecret: string },
): Promise<void> {
  app.addHook('onRequest', requireCredentials(options.tokenId, options.tokenSecret));
  uploadRoutes(app, options.context);
  assetRoutes(app, options.context);
  textTrackRoutes(app, options.context);
  playbackIdRoutes(app, options.context);
  signingKeyRoutes(app, options.context);
  playbackRestrictionRoutes(app, options.context);
}
