import type Mux from '@mux/mux-node';
import fp from 'fastify-plugin';
import { createMuxClient } from '../../mux/client.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly mux: Mux;
  }
}

/** Mux's SDK as `app.mux`. */
export const muxPlugin = fp(
  async (app) => {
    app.decorate('mux', createMuxClient(app.config.mux));
  },
  { name: 'mux', dependencies: ['configuration'] },
);
