import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { callerOf } from '../../../plugins/app/identity.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { followChangesAnswer, followChangesHeaders } from './schema.ts';

/**
 * `GET /api/live`: server-sent events about rows of the lists that the caller may read, and may see at the time. It ends with the token:
 * the reader comes again with a new one and `Last-Event-ID`, and is told what came in between.
 */
export const followChangesRoute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'GET',
    url: '/api/live',
    exposeHeadRoute: false,
    schema: {
      operationId: 'followChanges',
      tags: ['system'],
      summary: 'Follow changes of lists as they happen',
      security: [{ session: [] }],
      produces: ['text/event-stream'],
      headers: followChangesHeaders,
      response: {
        200: followChangesAnswer,
        ...documentedProblems(
          'auth.token_missing',
          'auth.token_invalid',
          'auth.session_denied',
          'auth.suspended',
          'live.too_many',
          'request.invalid',
        ),
      },
    },
    handler: async (request, reply) => {
      const stream = await app.live.open(callerOf(request), request.headers['last-event-id']);
      return reply
        .type('text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(stream);
    },
  });
};
