import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { withCaller } from '../../../db/caller.ts';
import { callerOf, factsOf } from '../../../plugins/app/identity.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { type LimitName, limitNames } from '../../../rate-limits/rules.ts';
import { readLimitsAnswer } from './schema.ts';

/**
 * `GET /api/rate-limits`: the limits as this process applies them, for whoever may read what they refused (RL-09). The database is asked
 * whether the caller may; that is the one place where it is written.
 */
export const readLimitsRoute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'GET',
    url: '/api/rate-limits',
    schema: {
      operationId: 'readRateLimits',
      tags: ['system'],
      summary: 'Read the rate limits as they are applied',
      security: [{ session: [] }],
      response: {
        200: readLimitsAnswer,
        ...documentedProblems('auth.token_missing', 'auth.token_invalid', 'auth.forbidden', 'auth.suspended'),
      },
    },
    handler: async (request) => {
      await withCaller(app.database, callerOf(request), factsOf(request), (transaction) =>
        transaction.selectFrom('api.address_blocks').select('id').limit(1).execute(),
      );
      const { rules, routes, store, isStoreUp } = app.rateLimits;
      const describe = (name: LimitName) => {
        const { key, points, windowSeconds, mode, counted } = rules[name];
        return {
          name,
          countedBy: key,
          points,
          windowSeconds,
          mode,
          countedWhen: counted === 'always' ? [] : [...counted],
          routes: [...(routes.get(name) ?? [])],
        };
      };
      return { store, storeUp: isStoreUp(), rules: limitNames.map(describe) };
    },
  });
};
