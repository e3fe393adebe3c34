import fp from 'fastify-plugin';
import type { Playback } from '../../features/playback/schema.ts';
import { repeat } from '../../jobs/repeating-task.ts';
import { mintPlayback, type PlaybackGrant } from '../../playback/playback-grant.ts';
import { SigningKeys } from '../../playback/signing-keys.ts';
import { TokenCache } from '../../playback/token-cache.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly playback: {
      readonly signingKeys: SigningKeys;
      /** Signs the tokens of a grant; the time it takes is measured. */
      readonly mint: (grant: PlaybackGrant) => Promise<Playback>;
    };
  }
}

/** Milliseconds between two looks whether the signing key was switched: well within the minute that a rotation allows for it. */
const lookPauseMs = 5_000;

/** Of so many videos the last tokens are held: two kilobytes each. */
const videosHeld = 5_000;

/** Playback tokens: `app.playback`. */
export const playbackPlugin = fp(
  async (app) => {
    const { mux } = app.config;
    const signingKeys = new SigningKeys(
      { id: mux.signingKeyId, privateKey: mux.signingKey },
      app.database,
      mux.keyEncryptionKey,
    );
    if (mux.keyEncryptionKey !== undefined) {
      const looking = repeat(
        () => signingKeys.look(),
        lookPauseMs,
        (error) => app.log.error({ err: error }, 'the signing keys could not be read; the one before is used'),
      );
      app.addHook('onClose', () => looking.stop());
    }
    const cache = new TokenCache(videosHeld);
    app.decorate('playback', {
      signingKeys,
      mint: async (grant: PlaybackGrant) => {
        const stop = app.telemetry.minting.startTimer();
        const playback = await mintPlayback(grant, { signer: await signingKeys.signer(), cache, origins: mux });
        stop();
        return playback;
      },
    });
  },
  { name: 'playback', dependencies: ['configuration', 'database', 'metrics'] },
);
