import fp from 'fastify-plugin';
import { ShareProofs } from '../../playback/share-proofs.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly shareProofs: ShareProofs;
  }
}

/** Proofs of those who watch by a link: `app.shareProofs`. */
export const shareProofsPlugin = fp(
  async (app) => {
    app.decorate('shareProofs', new ShareProofs(app.config.shareProofKey));
  },
  { name: 'share-proofs', dependencies: ['configuration'] },
);
