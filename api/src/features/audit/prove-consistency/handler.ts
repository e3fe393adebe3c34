import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { documentedProblems } from '../../../problems/documented.ts';
import { problemOf } from '../../../problems/problem-error.ts';
import { proveConsistencyAnswer, proveConsistencyQuery } from './schema.ts';

const statement = { name: 'consistency_proof', text: 'select audit.consistency_proof($1, $2) as proof' };

/** `GET /api/audit/consistency`: the proof that the log at one size is the beginning of the log at another, for everybody. */
export const proveConsistencyRoute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'GET',
    url: '/api/audit/consistency',
    schema: {
      operationId: 'proveConsistency',
      tags: ['audit'],
      summary: 'Prove that the audit log has only grown between two checkpoints',
      querystring: proveConsistencyQuery,
      response: { 200: proveConsistencyAnswer, ...documentedProblems('request.invalid') },
    },
    handler: async (request) => {
      const { from, to } = request.query;
      const [row] = await app.database.query<{ proof: Buffer[] | null }>(statement, [from, to]);
      if (row?.proof == null) {
        throw problemOf('request.invalid', {
          errors: [
            { pointer: '#/querystring/to', code: 'field.too_big', detail: 'The log does not have so many batches.' },
          ],
        });
      }
      return { from, to, proof: row.proof.map((hash) => hash.toString('hex')) };
    },
  });
};
