import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { documentedProblems } from '../../../problems/documented.ts';
import { problemOf } from '../../../problems/problem-error.ts';
import { publishVerifierKeysAnswer } from './schema.ts';

const statement = { name: 'verifier_keys', text: 'select verifier_key from audit.verifier_keys()' };

/** `GET /.well-known/audit-keys`: every verifier key that ever signed the audit log, one a line, the one in use first. */
export const publishVerifierKeysRoute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'GET',
    url: '/.well-known/audit-keys',
    schema: {
      operationId: 'publishVerifierKeys',
      tags: ['audit'],
      summary: 'Read the keys that the audit log was signed with',
      produces: ['text/plain'],
      response: { 200: publishVerifierKeysAnswer, ...documentedProblems('audit.not_signed') },
    },
    handler: async (_request, reply) => {
      const rows = await app.database.query<{ verifier_key: string }>(statement, []);
      if (rows.length === 0) {
        throw problemOf('audit.not_signed');
      }
      const text = rows.map((row) => `${row.verifier_key}\n`).join('');
      return reply.type('text/plain; charset=utf-8').header('cache-control', 'public, max-age=60').send(text);
    },
  });
};
