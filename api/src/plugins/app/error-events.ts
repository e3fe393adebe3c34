import fp from 'fastify-plugin';
import { DatabaseUnavailableError } from '../../db/unavailable.ts';
import { ErrorRecorder } from '../../errors/error-recorder.ts';
import { toProblemError } from './problems.ts';

/** Records what the api answers with 500 or above, except that the database is away: nobody could record that. */
export const errorEventsPlugin = fp(
  async (app) => {
    const { environment, version } = app.config;
    const recorder = new ErrorRecorder(app.database, app.telemetry.registry, { environment, program: 'api', version });
    app.addHook('onError', (request, _reply, thrown, done) => {
      const problem = toProblemError(thrown);
      const error = problem.cause ?? problem;
      if (problem.status >= 500 && !(error instanceof DatabaseUnavailableError)) {
        recorder.report({
          // Something of ours failed, or something that we need was not there.
          severity: problem.status === 500 ? 'error' : 'warning',
          code: problem.code,
          error,
          requestId: request.id,
          context: { method: request.method, route: request.routeOptions.url ?? 'none' },
        });
      }
      done();
    });
    app.addHook('onClose', () => recorder.close());
  },
  { name: 'error-events', dependencies: ['configuration', 'database', 'metrics', 'problems'] },
);
