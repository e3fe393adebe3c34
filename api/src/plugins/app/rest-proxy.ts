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
  'user-agent',
]);

/** Largest body passed on, in bytes: PostgREST itself has no limit and reads a body whole. */
const bodyLimit = 1_048_576;

/** Refuses a body that is too large, or that does not say how large it is, before a byte of it is passed on. */
async function checkLength(request: FastifyRequest): Promise<void> {
  if (request.headers['transfer-encoding'] !== undefined) {
    throw problemOf('request.length_required');
  }
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) {
    throw problemOf('request.too_large');
  }
}

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
      preHandler: checkLength,
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
