import proxy from '@fastify/http-proxy';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { problemOf } from '../../problems/problem-error.ts';

/**
 * The only request headers that PostgREST gets to see. Cookies, forwarding headers and anything that could pretend to be a role or
 * a door stay outside because they are not on this list, not because somebody thought of them.
 */
const passedOn = new Set([
  'accept',
  'accept-encoding',
  'accept-profile',
  'authorization',
  'content-length',
  'content-profile',
  'content-type',
  'if-match',
  'if-none-match',
  'prefer',
  'range',
  'range-unit',
  'transfer-encoding',
  'user-agent',
]);

type Headers = Record<string, string | string[] | undefined>;

/** What PostgREST receives: the listed headers, and the id of this request, so that audit entries name it. */
export function restRequestHeaders(request: Pick<FastifyRequest, 'id'>, headers: Headers): Headers {
  const kept = Object.entries(headers).filter(([name]) => passedOn.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), 'x-request-id': request.id };
}

/** `/rest/*` → PostgREST. The caller's token goes along; PostgREST verifies it itself. */
export const restProxyPlugin = fp(
  async (app) => {
    const { postgrestUrl } = app.config;
    if (postgrestUrl === undefined) {
      return;
    }
    await app.register(proxy, {
      upstream: postgrestUrl,
      prefix: '/rest',
      rewritePrefix: '/',
      httpMethods: ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE'],
      undici: {
        connections: 128,
        pipelining: 1,
        headersTimeout: 15_000,
        bodyTimeout: 30_000,
        connect: { timeout: 2_000 },
      },
      replyOptions: {
        rewriteRequestHeaders: (request, headers) =>
          restRequestHeaders(request as FastifyRequest, headers as Headers) as never,
        rewriteHeaders: ({ server: _server, ...headers }) => headers,
        onError: (reply, { error }) => {
          reply.send(problemOf('service.unavailable', { cause: error }));
        },
      },
    });
  },
  { name: 'rest-proxy', dependencies: ['configuration', 'problems'] },
);
