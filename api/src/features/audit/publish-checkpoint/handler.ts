import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { documentedProblems } from '../../../problems/documented.ts';
import { problemOf } from '../../../problems/problem-error.ts';
import { publishCheckpointAnswer } from './schema.ts';

const statement = { name: 'newest_checkpoint', text: 'select note from audit.newest_checkpoint()' };

/** `GET /.well-known/audit-checkpoint`: the newest checkpoint of the audit log, a signed note, for everybody. */
export const publishCheckpointRoute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'GET',
    url: '/.well-known/audit-checkpoint',
    schema: {
      operationId: 'publishCheckpoint',
      tags: ['audit'],
      summary: 'Read the newest checkpoint of the audit log',
      produces: ['text/plain'],
      response: { 200: publishCheckpointAnswer, ...documentedProblems('audit.not_signed') },
    },
    handler: async (_request, reply) => {
      const [row] = await app.database.query<{ note: string }>(statement, []);
      if (row === undefined) {
        throw problemOf('audit.not_signed');
      }
      return reply.type('text/plain; charset=utf-8').header('cache-control', 'public, max-age=5').send(row.note);
    },
  });
};
