import fp from 'fastify-plugin';
import type { Playback } from '../../features/playback/schema.ts';
import { mintPlayback, type PlaybackGrant } from '../../playback/playback-grant.ts';
import { PlaybackTokenSigner } from '../../playback/token-signer.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly playback: {
      readonly signer: PlaybackTokenSigner;
      /** Signs the tokens of a grant; the time it takes is measured. */
      readonly mint: (grant: PlaybackGrant) => Promise<Playback>;
    };
  }
}

/** Playback tokens: `app.playback`. */
export const playbackPlugin = fp(
  async (app) => {
    const { mux } = app.config;
    const signer = new PlaybackTokenSigner({ id: mux.signingKeyId, privateKey: mux.signingKey });
    app.decorate('playback', {
      signer,
      mint: async (grant: PlaybackGrant) => {
        const stop = app.telemetry.minting.startTimer();
        const playback = await mintPlayback(grant, { signer, origins: mux });
        stop();
        return playback;
      },
    });
  },
  { name: 'playback', dependencies: ['configuration', 'metrics'] },
);
