import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { livenessAnswer, readinessAnswer } from './schema.ts';

/** Milliseconds a dependency may take before it counts as failed. */
const checkTimeoutMs = 2_000;

const ping = { name: 'ping', text: 'select 1' };

async function outcomeOf(check: Promise<unknown>): Promise<'ok' | 'failed'> {
  try {
    await check;
    return 'ok';
  } catch {
    return 'failed';
  }
}

/** Any answer below 500 shows that PostgREST serves; while its schema cache is not loaded it answers 503. */
async function askPostgrest(url: string): Promise<void> {
  const response = await fetch(`${url}/`, { method: 'HEAD', signal: AbortSignal.timeout(checkTimeoutMs) });
  if (response.status >= 500) {
    throw new Error(`PostgREST answered ${response.status}`);
  }
}

/**
 * `GET /livez` says that the process turns; it must not ask anything else, or a database in trouble would get every api restarted.
 * `GET /readyz` says whether requests can be served: 200, or 503 with what failed.
 */
export const reportHealthRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'GET',
    url: '/livez',
    config: { quiet: true },
    schema: {
      operationId: 'reportLiveness',
      tags: ['system'],
      summary: 'Is the process alive',
      response: { 200: livenessAnswer },
    },
    handler: async () => ({ status: 'alive' as const }),
  });
  app.route({
    method: 'GET',
    url: '/readyz',
    config: { quiet: true },
    schema: {
      operationId: 'reportReadiness',
      tags: ['system'],
      summary: 'Can requests be served',
      response: { 200: readinessAnswer, 503: readinessAnswer },
    },
    handler: async (_request, reply) => {
      const { postgrestUrl } = app.config;
      const [database, postgrest] = await Promise.all([
        outcomeOf(app.database.query(ping, [])),
        postgrestUrl === undefined ? undefined : outcomeOf(askPostgrest(postgrestUrl)),
      ]);
      const ready = database === 'ok' && postgrest !== 'failed';
      reply.code(ready ? 200 : 503);
      return {
        status: ready ? ('ready' as const) : ('unavailable' as const),
        checks: postgrest === undefined ? { database } : { database, postgrest },
      };
    },
  });
};
