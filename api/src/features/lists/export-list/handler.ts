import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { sql } from 'kysely';
import { exportSender } from '../../../csv/send-export.ts';
import { withCaller } from '../../../db/caller.ts';
import { readSnapshot } from '../../../db/snapshot.ts';
import { callerOf, factsOf } from '../../../plugins/app/identity.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { problemOf } from '../../../problems/problem-error.ts';
import { listTable } from './list-table.ts';
import { exportListAnswer, exportListParams, exportListQuery, faultsOf, listOf } from './schema.ts';

/**
 * `GET /api/lists/{list}/export`: all rows of a list that match, as CSV (AU-07). The export is an entry of the audit log, committed before
 * the first byte; then one read-only transaction as the caller is streamed page by page.
 */
export const exportListRoute: FastifyPluginAsyncZod = async (app) => {
  const send = exportSender('list.export_busy', 'an export of a list');
  app.route({
    method: 'GET',
    url: '/api/lists/:list/export',
    // A HEAD would be recorded as an export of nothing.
    exposeHeadRoute: false,
    schema: {
      operationId: 'exportList',
      tags: ['lists'],
      summary: 'Export what a list shows under its filters as CSV',
      security: [{ session: [] }],
      produces: ['text/csv'],
      params: exportListParams,
      querystring: exportListQuery,
      response: {
        200: exportListAnswer,
        ...documentedProblems(
          'auth.token_missing',
          'auth.token_invalid',
          'auth.forbidden',
          'auth.suspended',
          'request.invalid',
          'list.not_readable',
          'list.export_busy',
        ),
      },
    },
    handler: (request, reply) =>
      send(request, reply, async () => {
        const [caller, facts, { list: name }] = [callerOf(request), factsOf(request), request.params];
        const { filters = [] } = request.query;
        const list = listOf(name);
        const faults = faultsOf(list, filters);
        if (faults.length > 0) {
          throw problemOf('request.invalid', {
            errors: faults.map((detail) => ({ pointer: '#/querystring/filters', code: 'field.invalid', detail })),
          });
        }
        await withCaller(app.database, caller, facts, (transaction) =>
          sql`select app.begin_list_export(${name}, ${JSON.stringify(filters)}::jsonb)`.execute(transaction),
        );
        const pieces = readSnapshot(app.database, caller, facts, (transaction) =>
          listTable(transaction, name, list, filters),
        );
        return { name: name.replaceAll('_', '-'), extension: 'csv', pieces };
      }),
  });
};
