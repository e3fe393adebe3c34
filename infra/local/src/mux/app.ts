import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import { injectFaults } from './control/fault-injection.ts';
import type { FaultRules } from './control/fault-rules.ts';
import { invalidParameters, MuxApiError, notFound } from './errors.ts';

/** The HTTP server before its routes: the vendor's error bodies, lenient JSON, faults, and no URL in any log. */
export function createApp(logger: FastifyServerOptions['logger'], faults: FaultRules): FastifyInstance {
  // A URL carries tokens and upload secrets: requests are not logged one by one.
  const app = Fastify({
    logger: logger ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
  });

  // JSON and nothing else, also without a body: the vendor's SDK posts so where there is nothing to say.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, text === '' ? undefined : JSON.parse(String(text)));
    } catch {
      done(invalidParameters('The body is not valid JSON.'));
    }
  });

  app.setErrorHandler(async (error, request, reply) => {
    const answer = asApiError(error);
    if (answer.status >= 500 && !(error instanceof MuxApiError)) request.log.error({ err: error }, 'request broke');
    return reply.code(answer.status).type('application/json; charset=utf-8').send(answer.body());
  });
  app.setNotFoundHandler(async (_request, reply) => reply.code(404).send(notFound().body()));

  injectFaults(app, faults);
  return app;
}

function asApiError(error: unknown): MuxApiError {
  if (error instanceof MuxApiError) return error;
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500) {
    return new MuxApiError(status, 'invalid_parameters', [error instanceof Error ? error.message : 'Bad request.']);
  }
  return new MuxApiError(500, 'internal_error', ['Something went wrong in the double; its log says what.']);
}
