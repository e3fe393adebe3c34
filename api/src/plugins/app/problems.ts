import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { problemFromPostgres } from '../../problems/from-postgres.ts';
import { problemFromRequest } from '../../problems/from-request.ts';
import { ProblemError, problemOf } from '../../problems/problem-error.ts';
import { baseSecurityHeaders } from '../../security-policy.ts';

/** The problem behind anything that was thrown. What nobody expected is 500, without a word about why. */
export function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) {
    return error;
  }
  return problemFromPostgres(error) ?? problemFromRequest(error) ?? problemOf('service.failed', { cause: error });
}

function answer(problem: ProblemError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (problem.retryAfterSeconds !== undefined) {
    reply.header('retry-after', String(problem.retryAfterSeconds));
  }
  if (problem.status === 401) {
    reply.header('www-authenticate', 'Bearer');
  }
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problem.toProblem(request.id));
}

/** Answers what Fastify refuses before any hook runs, such as a URL that cannot be decoded. */
export function answerFrameworkError(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  reply.headers({ ...baseSecurityHeaders(''), 'x-request-id': request.id });
  answer(problemFromRequest(error) ?? problemOf('request.malformed', { cause: error }), request, reply);
}

/** Answers every error as RFC 9457 problem details and writes its inner reason, and only there, to the log. */
export const problemsPlugin = fp(
  async (app) => {
    app.setErrorHandler<FastifyError>((error, request, reply) => {
      const problem = toProblemError(error);
      const facts = { err: problem.cause ?? problem, code: problem.code };
      if (problem.status >= 500) {
        request.log.error(facts, 'request failed');
      } else {
        request.log.debug(facts, 'request refused');
      }
      return answer(problem, request, reply);
    });
    app.setNotFoundHandler((request, reply) => answer(problemOf('request.not_found'), request, reply));
  },
  { name: 'problems', dependencies: ['configuration'] },
);
