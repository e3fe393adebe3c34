import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { documentedProblems } from '../../../problems/documented.ts';
import { exportBrowserConsentsAnswer, exportBrowserConsentsBody } from './schema.ts';

interface ConsentRow {
  readonly jurisdiction: 'AU' | 'US' | 'EU';
  readonly notice_version: number;
  readonly action: 'given' | 'refused' | 'withdrawn';
  readonly categories: ('analytics' | 'performance')[];
  readonly decided_at: Date;
  readonly superseded_at: Date | null;
}

const statement = {
  name: 'browser_consents',
  text: `select jurisdiction, notice_version, action, categories, decided_at, superseded_at from app.browser_consents($1)`,
};

/** `POST /api/consents/export`: everything that is on record of a browser's decisions (CO-12). */
export const exportBrowserConsentsRoute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'POST',
    url: '/api/consents/export',
    bodyLimit: 1_024,
    config: { limits: ['reports'] },
    schema: {
      operationId: 'exportBrowserConsents',
      tags: ['consent'],
      summary: 'List what a browser in which nobody is signed in has decided about consent',
      body: exportBrowserConsentsBody,
      response: {
        200: exportBrowserConsentsAnswer,
        ...documentedProblems('request.invalid', 'request.too_large', 'request.throttled'),
      },
    },
    handler: async ({ body }) => {
      const rows = await app.database.query<ConsentRow>(statement, [body.browserId]);
      return {
        consents: rows.map((row) => ({
          jurisdiction: row.jurisdiction,
          noticeVersion: row.notice_version,
          action: row.action,
          categories: row.categories,
          decidedAt: row.decided_at.toISOString(),
          supersededAt: row.superseded_at?.toISOString() ?? null,
        })),
      };
    },
  });
};
