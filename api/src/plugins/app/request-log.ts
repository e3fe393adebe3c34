import fp from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Asked every few seconds by a machine: its answers are logged at `debug`. */
    readonly quiet?: boolean;
  }
}

function levelOf(statusCode: number, quiet: boolean): 'error' | 'info' | 'debug' {
  if (quiet) {
    return 'debug';
  }
  return statusCode >= 500 ? 'error' : 'info';
}

/** Echoes the request id, and writes one line per answered request: method, URL without query values, status, milliseconds. */
export const requestLogPlugin = fp(
  async (app) => {
    app.addHook('onRequest', (request, reply, done) => {
      reply.header('x-request-id', request.id);
      done();
    });
    app.addHook('onResponse', (request, reply, done) => {
      const line = { req: request, res: reply, ms: Math.round(reply.elapsedTime * 10) / 10 };
      const level = levelOf(reply.statusCode, request.routeOptions.config.quiet === true);
      request.log[level](line, 'request answered');
      done();
    });
    app.addHook('onRequestAbort', async (request) => {
      request.log.info({ req: request }, 'request aborted by the caller');
    });
  },
  { name: 'request-log' },
);
