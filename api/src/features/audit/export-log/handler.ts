import { createHash } from 'node:crypto';
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { sql } from 'kysely';
import { timeText } from '../../../audit/checkpoint.ts';
import { exportSender } from '../../../csv/send-export.ts';
import { withCaller } from '../../../db/caller.ts';
import { readSnapshot } from '../../../db/snapshot.ts';
import { callerOf, factsOf } from '../../../plugins/app/identity.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { problemOf } from '../../../problems/problem-error.ts';
import { csvTable } from './csv.ts';
import type { Counts } from './lines.ts';
import { exportLogAnswer, exportLogQuery, type Filter } from './schema.ts';
import { selection } from './selection.ts';
import { wholeLog } from './whole-log.ts';

/** What audit.begin_export() answers. */
interface Export {
  readonly kind: 'whole' | 'selection';
  readonly size: string;
  readonly note: string;
  readonly verifier_keys: string[];
  readonly exported_by: string;
}

/** The header, the lines of the log, and the end with the digest of everything before it. */
async function* framed(begun: Export, filter: Filter, now: Date, lines: AsyncGenerator<string>, counts: Counts) {
  const header = {
    type: 'header',
    format: 'motion-mavericks/audit-export/1',
    kind: begun.kind,
    filter,
    exported_at: timeText(now),
    exported_by: begun.exported_by,
    keys: begun.verifier_keys,
    checkpoint: begun.note,
  };
  const digest = createHash('sha256');
  const first = `${JSON.stringify(header)}\n`;
  digest.update(first);
  yield first;
  for await (const piece of lines) {
    digest.update(piece);
    yield piece;
  }
  yield `${JSON.stringify({ type: 'end', ...counts, sha256: digest.digest('hex') })}\n`;
}

/**
 * `GET /api/audit/export`: the audit log, or what the caller reads and chooses of it, as a download that can be proved. The export is
 * an entry of the log itself, committed before the first byte; then one read-only transaction as the caller is streamed page by page, as
 * fast as the reader takes it. A failure in the middle breaks the connection, so that no half file looks whole.
 */
export const exportLogRoute: FastifyPluginAsyncZod = async (app) => {
  const send = exportSender('audit.export_busy', 'an export of the audit log');
  app.route({
    method: 'GET',
    url: '/api/audit/export',
    // A HEAD would be recorded as an export of nothing.
    exposeHeadRoute: false,
    schema: {
      operationId: 'exportAuditLog',
      tags: ['audit'],
      summary: 'Export the audit log with its proofs',
      security: [{ session: [] }],
      produces: ['application/x-ndjson', 'text/csv'],
      querystring: exportLogQuery,
      response: {
        200: exportLogAnswer,
        ...documentedProblems(
          'auth.token_missing',
          'auth.token_invalid',
          'auth.forbidden',
          'auth.suspended',
          'request.invalid',
          'audit.not_signed',
          'audit.export_busy',
        ),
      },
    },
    handler: (request, reply) =>
      send(request, reply, async () => {
        const [caller, facts] = [callerOf(request), factsOf(request)];
        const { format, ...filter } = request.query;
        const begun = await withCaller(app.database, caller, facts, async (transaction) => {
          const { rows } = await sql<Export>`
            select kind, size, note, verifier_keys, exported_by
            from audit.begin_export(${format}, ${JSON.stringify(filter)}::jsonb)`.execute(transaction);
          return rows[0];
        });
        if (begun === undefined) {
          throw problemOf('audit.not_signed');
        }
        const at = new Date();
        const size = Number(begun.size);
        const pieces = readSnapshot(app.database, caller, facts, (transaction) => {
          if (format === 'csv') {
            return csvTable(transaction, size, filter);
          }
          const counts: Counts = { batches: 0, entries: 0, removed: 0 };
          const lines =
            begun.kind === 'whole' ? wholeLog(transaction, size, counts) : selection(transaction, size, filter, counts);
          return framed(begun, filter, at, lines, counts);
        });
        return { name: 'audit-log', extension: format, pieces, at };
      }),
  });
};
