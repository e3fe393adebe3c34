import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { maxUploadBytes } from '../../uploads/request-upload/schema.ts';
import { type AppConfig, appConfig } from './schema.ts';

/** `GET /api/config`: what the browser apps need to start. */
export const readConfigRoute: FastifyPluginAsyncZod = async (app) => {
  const { config } = app;
  const { identity } = config;
  const answer: AppConfig = {
    environment: config.environment,
    version: config.version,
    identity:
      identity.clerkPublishableKey !== undefined && identity.provider === 'clerk'
        ? { provider: 'clerk', publishableKey: identity.clerkPublishableKey }
        : { provider: 'local', issuerUrl: identity.issuer },
    restUrl: '/rest',
    shareUrl: `${config.http.publicUrl}/s/`,
    maxUploadBytes,
    shareLife: { minHours: 24, maxHours: 168 },
  };
  app.route({
    method: 'GET',
    url: '/api/config',
    schema: {
      operationId: 'readConfig',
      tags: ['system'],
      summary: 'Read what the browser apps need to start',
      response: { 200: appConfig },
    },
    handler: async () => answer,
  });
};
