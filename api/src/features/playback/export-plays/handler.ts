import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { sql } from 'kysely';
import { exportSender } from '../../../csv/send-export.ts';
import { withCaller } from '../../../db/caller.ts';
import { readSnapshot } from '../../../db/snapshot.ts';
import { callerOf, factsOf } from '../../../plugins/app/identity.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { playsTable } from './plays-table.ts';
import { exportPlaysAnswer, exportPlaysQuery } from './schema.ts';

/**
 * `GET /api/plays/export`: who watched a link or a video, session by session, as CSV. The export is an entry of the audit log, committed
 * before the first byte; then one read-only transaction as the caller is streamed page by page.
 */
export const exportPlaysRoute: FastifyPluginAsyncZod = async (app) => {
  const send = exportSender('plays.export_busy', 'an export of plays');
  app.route({
    method: 'GET',
    url: '/api/plays/export',
    // A HEAD would be recorded as an export of nothing.
    exposeHeadRoute: false,
    schema: {
      operationId: 'exportPlays',
      tags: ['playback'],
      summary: 'Export the plays of a share link or a video as CSV',
      security: [{ session: [] }],
      produces: ['text/csv'],
      querystring: exportPlaysQuery,
      response: {
        200: exportPlaysAnswer,
        ...documentedProblems(
          'auth.token_missing',
          'auth.token_invalid',
          'auth.forbidden',
          'auth.suspended',
          'request.invalid',
          'share.not_found',
          'video.not_found',
          'plays.export_busy',
        ),
      },
    },
    handler: (request, reply) =>
      send(request, reply, async () => {
        const [caller, facts, { query }] = [callerOf(request), factsOf(request), request];
        await withCaller(app.database, caller, facts, (transaction) =>
          sql`select app.begin_plays_export(${query.share_token_id ?? null}, ${query.video_id ?? null})`.execute(
            transaction,
          ),
        );
        const pieces = readSnapshot(app.database, caller, facts, (transaction) => playsTable(transaction, query));
        return { name: 'plays', extension: 'csv', pieces };
      }),
  });
};
