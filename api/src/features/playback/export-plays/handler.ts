import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { sql } from 'kysely';
import { withCaller } from '../../../db/caller.ts';
import { readSnapshot } from '../../../db/snapshot.ts';
import { callerOf, factsOf } from '../../../plugins/app/identity.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { problemOf } from '../../../problems/problem-error.ts';
import { playsTable } from './plays-table.ts';
import { exportPlaysAnswer, exportPlaysQuery } from './schema.ts';

/** Exports under way in one process: each holds a connection of the pool until its reader has everything. */
const exportsAtOnce = 2;

/**
 * `GET /api/plays/export`: who watched a link or a video, session by session, as CSV. The export is an entry of the audit log, committed
 * before the first byte; then one read-only transaction as the caller is streamed page by page. A failure in the middle breaks the
 * connection, so that no half file looks whole.
 */
export const exportPlaysRoute: FastifyPluginAsyncZod = async (app) => {
  let underWay = 0;
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
    handler: async (request, reply) => {
      if (underWay >= exportsAtOnce) {
        throw problemOf('plays.export_busy');
      }
      underWay += 1;
      let isStreaming = false;
      try {
        const [caller, facts, { query }] = [callerOf(request), factsOf(request), request];
        await withCaller(app.database, caller, facts, (transaction) =>
          sql`select app.begin_plays_export(${query.share_token_id ?? null}, ${query.video_id ?? null})`.execute(
            transaction,
          ),
        );
        const pieces = readSnapshot(app.database, caller, facts, (transaction) => playsTable(transaction, query));
        const stream = Readable.from(pieces, { objectMode: false, highWaterMark: 65_536 });
        // The answer has begun, so nobody else tells; that a reader went away is no error.
        stream.once('error', (error) => request.log.error({ err: error }, 'an export of plays broke off'));
        stream.once('close', () => {
          underWay -= 1;
        });
        isStreaming = true;
        const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
        return reply
          .type('text/csv; charset=utf-8; header=present')
          .header('content-disposition', `attachment; filename="plays-${stamp}.csv"`)
          .send(stream);
      } finally {
        if (!isStreaming) {
          underWay -= 1;
        }
      }
    },
  });
};
