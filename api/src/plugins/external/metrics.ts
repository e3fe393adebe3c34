import * as client from '@prometheus-io/client';
import fastifyMetrics from 'fastify-metrics';
import fp from 'fastify-plugin';
import { problemOf } from '../../problems/problem-error.ts';
import { isBearer, Telemetry } from '../../telemetry.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly telemetry: Telemetry;
  }
}

/** `GET /metrics` in Prometheus' text format, and `app.telemetry` for what the features count. */
export const metricsPlugin = fp(
  async (app) => {
    const telemetry = new Telemetry();
    app.decorate('telemetry', telemetry);
    await app.register(fastifyMetrics.default, {
      endpoint: null,
      promClient: client,
      defaultMetrics: { enabled: true, register: telemetry.registry },
      routeMetrics: {
        enabled: { histogram: true, summary: false },
        overrides: { histogram: { registers: [telemetry.registry] }, summary: { registers: [telemetry.registry] } },
      },
    });
    app.get('/metrics', { config: { quiet: true }, schema: { hide: true } }, async (request, reply) => {
      const { metricsToken } = app.config.http;
      if (metricsToken !== undefined && !isBearer(request.headers.authorization, metricsToken)) {
        throw problemOf(request.headers.authorization === undefined ? 'auth.token_missing' : 'auth.token_invalid');
      }
      return reply.type(telemetry.registry.contentType).send(await telemetry.registry.metrics());
    });
  },
  { name: 'metrics', dependencies: ['configuration', 'problems'] },
);
