import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Caller, RequestFacts } from '../../db/caller.ts';
import { createSessionTokenVerifier } from '../../identity/session-token.ts';
import { ProblemError, problemOf } from '../../problems/problem-error.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** An onRequest hook: verifies the session token before the body is read, or answers 401. */
    readonly authenticate: (request: FastifyRequest) => Promise<void>;
    /**
     * Who is signed in, for a route that is open to strangers too; null without a token, with a bad one, and while the issuer's keys
     * cannot be read. It never refuses: what needs somebody to be signed in must ask for them.
     */
    readonly recognise: (request: FastifyRequest) => Promise<Caller | null>;
  }
  interface FastifyRequest {
    caller: Caller | null;
  }
}

/** The verified caller of a request whose route has the hook `authenticate`. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) {
    throw new TypeError('This route reads its caller without authenticating one.');
  }
  return request.caller;
}

/** What SQL and the audit log may know about the request. */
export function factsOf(request: FastifyRequest): RequestFacts {
  return { requestId: request.id, userAgent: request.headers['user-agent'] };
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** Session tokens: `app.authenticate`, `app.recognise` and `request.caller`. */
export const identityPlugin = fp(
  async (app) => {
    const verify = createSessionTokenVerifier(app.config.identity);
    app.decorateRequest('caller', null);
    app.decorate('authenticate', async (request: FastifyRequest) => {
      const token = bearerOf(request);
      if (token === undefined) {
        throw problemOf(request.headers.authorization === undefined ? 'auth.token_missing' : 'auth.token_invalid');
      }
      request.caller = await verify(token);
    });
    app.decorate('recognise', async (request: FastifyRequest) => {
      const token = bearerOf(request);
      if (token === undefined) {
        return null;
      }
      try {
        return await verify(token);
      } catch (error) {
        // Not the error itself: that of a token that has expired holds its claims.
        const code = error instanceof ProblemError ? error.code : 'service.failed';
        request.log.info({ code }, 'a session token was not recognised');
        return null;
      }
    });
  },
  { name: 'identity', dependencies: ['configuration', 'problems'] },
);
