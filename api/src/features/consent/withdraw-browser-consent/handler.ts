import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { documentedProblems } from '../../../problems/documented.ts';
import { problemOf } from '../../../problems/problem-error.ts';
import type { StandingRow } from '../browser-id.ts';
import { withdrawBrowserConsentAnswer, withdrawBrowserConsentBody } from './schema.ts';

const statement = {
  name: 'withdraw_browser_consent',
  text: 'select action, decided_at from app.withdraw_browser_consent($1)',
};

/** `POST /api/consents/withdraw`: takes back what a browser agreed to (CO-12). It may do so whatever the notice says by now. */
export const withdrawBrowserConsentRoute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'POST',
    url: '/api/consents/withdraw',
    bodyLimit: 1_024,
    config: { limits: ['reports'] },
    schema: {
      operationId: 'withdrawBrowserConsent',
      tags: ['consent'],
      summary: 'Withdraw the consent of a browser in which nobody is signed in',
      body: withdrawBrowserConsentBody,
      response: {
        200: withdrawBrowserConsentAnswer,
        ...documentedProblems('consent.none_given', 'request.invalid', 'request.too_large', 'request.throttled'),
      },
    },
    handler: async ({ body }) => {
      const [standing] = await app.database.query<StandingRow>(statement, [body.browserId]);
      if (standing === undefined) {
        throw problemOf('service.failed');
      }
      return { action: standing.action, decidedAt: standing.decided_at.toISOString() };
    },
  });
};
