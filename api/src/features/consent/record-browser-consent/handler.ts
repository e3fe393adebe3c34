import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { documentedProblems } from '../../../problems/documented.ts';
import { problemOf } from '../../../problems/problem-error.ts';
import type { StandingRow } from '../browser-id.ts';
import { recordBrowserConsentAnswer, recordBrowserConsentBody } from './schema.ts';

const statement = {
  name: 'record_browser_consent',
  text: 'select action, decided_at from app.record_browser_consent($1, $2, $3)',
};

/**
 * `POST /api/consents`: puts on record what somebody without an account answered to the notice, with its version, its jurisdiction and the
 * moment (CO-12). The same answer again changes nothing.
 */
export const recordBrowserConsentRoute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'POST',
    url: '/api/consents',
    bodyLimit: 1_024,
    config: { limits: ['reports'] },
    schema: {
      operationId: 'recordBrowserConsent',
      tags: ['consent'],
      summary: 'Record what a browser in which nobody is signed in answered to the consent notice',
      body: recordBrowserConsentBody,
      response: {
        200: recordBrowserConsentAnswer,
        ...documentedProblems(
          'consent.notice_not_found',
          'consent.notice_superseded',
          'request.invalid',
          'request.too_large',
          'request.throttled',
        ),
      },
    },
    handler: async ({ body }) => {
      const [standing] = await app.database.query<StandingRow>(statement, [
        body.browserId,
        body.noticeId,
        body.categories,
      ]);
      if (standing === undefined) {
        throw problemOf('service.failed');
      }
      return { action: standing.action, decidedAt: standing.decided_at.toISOString() };
    },
  });
};
