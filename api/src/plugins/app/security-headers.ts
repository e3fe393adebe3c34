import fp from 'fastify-plugin';
import { baseSecurityHeaders } from '../../security-policy.ts';

/** Sets the strict headers on every answer, and `cache-control: no-store` unless a route decides otherwise. */
export const securityHeadersPlugin = fp(
  async (app) => {
    const headers = { ...baseSecurityHeaders(app.config.http.publicUrl), 'cache-control': 'no-store' };
    app.addHook('onRequest', async (_request, reply) => {
      reply.headers(headers);
    });
  },
  { name: 'security-headers', dependencies: ['configuration'] },
);
