import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Caller, RequestFacts } from '../../db/caller.ts';
import { createSessionTokenVerifier } from '../../identity/session-token.ts';
import { problemOf } from '../../problems/problem-error.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** An onRequest hook: verifies the session token before the body is read, or answers 401. */
    readonly authenticate: (request: FastifyRequest) => Promise<void>;
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

/** Session tokens: `app.authenticate` and `request.caller`. */
export const identityPlugin = fp(
  async (app) => {
    const verify = createSessionTokenVerifier(app.config.identity);
    app.decorateRequest('caller', null);
    app.decorate('authenticate', async (request: FastifyRequest) => {
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (token === undefined) {
        throw problemOf(request.headers.authorization === undefined ? 'auth.token_missing' : 'auth.token_invalid');
      }
      request.caller = await verify(token);
    });
  },
  { name: 'identity', dependencies: ['configuration', 'problems'] },
);
