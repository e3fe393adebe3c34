import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { documentedProblems } from '../../../problems/documented.ts';
import { eraseBrowserConsentsAnswer, eraseBrowserConsentsBody } from './schema.ts';

const statement = { name: 'erase_browser_consents', text: 'select app.erase_browser_consents($1) as erased' };

/** `POST /api/consents/erase`: forgets a browser's decisions (CO-12). Asked again, there are none left. */
export const eraseBrowserConsentsRoute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'POST',
    url: '/api/consents/erase',
    bodyLimit: 1_024,
    config: { limits: ['reports'] },
    schema: {
      operationId: 'eraseBrowserConsents',
      tags: ['consent'],
      summary: 'Erase what a browser in which nobody is signed in has decided about consent',
      body: eraseBrowserConsentsBody,
      response: {
        200: eraseBrowserConsentsAnswer,
        ...documentedProblems('request.invalid', 'request.too_large', 'request.throttled'),
      },
    },
    handler: async ({ body }) => {
      const [row] = await app.database.query<{ erased: number }>(statement, [body.browserId]);
      return { erased: row?.erased ?? 0 };
    },
  });
};
