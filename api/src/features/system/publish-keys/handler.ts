import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { publishKeysAnswer } from './schema.ts';

/** `GET /.well-known/jwks.json`: the public keys of the playback tokens that Mux accepts; two while one is rotated. */
export const publishKeysRoute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'GET',
    url: '/.well-known/jwks.json',
    schema: {
      operationId: 'publishKeys',
      tags: ['system'],
      summary: 'Read the public keys of playback tokens',
      response: { 200: publishKeysAnswer },
    },
    handler: async (_request, reply) => {
      reply.header('cache-control', 'public, max-age=300');
      return { keys: [...(await app.playback.signingKeys.publicJwks())] };
    },
  });
};
