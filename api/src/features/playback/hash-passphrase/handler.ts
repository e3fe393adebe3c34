import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { withCaller } from '../../../db/caller.ts';
import { hashPassphrase } from '../../../playback/passphrase.ts';
import { callerOf, factsOf } from '../../../plugins/app/identity.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { problemOf } from '../../../problems/problem-error.ts';
import { hashPassphraseAnswer, hashPassphraseBody } from './schema.ts';

/**
 * `POST /api/share-passphrases`: hashes the passphrase that a coach wishes for a link, for `api.create_share_token()`. PostgreSQL has no
 * argon2id, and what it hashed would stand in its logs.
 */
export const hashPassphraseRoute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'POST',
    url: '/api/share-passphrases',
    bodyLimit: 4_096,
    config: { limits: ['hash-passphrase'] },
    schema: {
      operationId: 'hashPassphrase',
      tags: ['playback'],
      summary: 'Hash the passphrase of a share link that is to be made',
      security: [{ session: [] }],
      body: hashPassphraseBody,
      response: {
        200: hashPassphraseAnswer,
        ...documentedProblems(
          'auth.token_missing',
          'auth.token_invalid',
          'auth.forbidden',
          'auth.suspended',
          'request.invalid',
          'request.too_large',
          'request.throttled',
        ),
      },
    },
    handler: async (request) => {
      const caller = callerOf(request);
      // What the token says is checked as for every other operation, before anything is computed for it.
      await withCaller(app.database, caller, factsOf(request), async () => undefined);
      if (caller.role !== 'mm_coach' && caller.role !== 'mm_admin') {
        throw problemOf('auth.forbidden');
      }
      return { passphraseHash: await hashPassphrase(request.body.passphrase) };
    },
  });
};
