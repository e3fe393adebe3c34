import fp from 'fastify-plugin';
import { baseSecurityHeaders } from '../../security-policy.ts';

/** Sets the strict headers on every answer, and `cache-control: no-store` unless a route decides otherwise. */
export const securityHeadersPlugin = fp(
  async (app) => {
    const headers = { ...baseSecurityHeaders(app.config.http.publicUrl), 'cache-control': 'no-store' };
    app.addHook('onRequest', (_request, reply, done) => {
      reply.headers(headers);
      done();
    });
  },
  { name: 'security-headers', dependencies: ['configuration'] },
);
