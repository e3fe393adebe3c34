import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { documentedProblems } from '../../../problems/documented.ts';
import { reportVitalsBody } from './schema.ts';

/**
 * `POST /api/vitals`: Core Web Vitals of one look at a page, as it is left (VW-08, OB-14). They are added to counters by page, release and span;
 * nothing of the request or of who sent it is kept.
 */
export const reportVitalsRoute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'POST',
    url: '/api/vitals',
    bodyLimit: 1_024,
    config: { limits: ['vitals'] },
    schema: {
      operationId: 'reportVitals',
      tags: ['system'],
      summary: 'Report how fast a page was',
      body: reportVitalsBody,
      response: {
        204: z.null().describe('Counted.'),
        ...documentedProblems('request.invalid', 'request.too_large', 'request.throttled'),
      },
    },
    handler: async ({ body }, reply) => {
      for (const { name, value, route } of body.vitals) {
        app.vitals.report({ app: body.app, release: body.release, name, value, route });
      }
      return reply.code(204).send(null);
    },
  });
};
