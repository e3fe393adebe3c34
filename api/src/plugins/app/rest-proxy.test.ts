import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleEnvironment } from '../../../test/sample-environment.ts';
import { buildApp } from '../../app.ts';
import { parseConfig } from '../../config.ts';

let upstream: Server;
let app: FastifyInstance;
let seen: { method: string | undefined; url: string | undefined; headers: IncomingHttpHeaders; body: string }[] = [];

beforeAll(async () => {
  upstream = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) {
      body += String(chunk);
    }
    seen.push({ method: request.method, url: request.url, headers: request.headers, body });
    response.writeHead(206, { server: 'postgrest/12', 'content-range': '0-0/9', 'content-type': 'application/json' });
    response.end('[]');
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  app = await buildApp(parseConfig(sampleEnvironment({ POSTGREST_URL: url })));
});
beforeEach(() => {
  seen = [];
});
afterAll(async () => {
  await app.close();
  upstream.closeAllConnections();
  upstream.close();
});

describe('/rest', () => {
  it('passes method, path, query and body on as they are', async () => {
    const answer = await app.inject({
      method: 'PATCH',
      url: '/rest/videos?id=eq.1&select=id,title',
      headers: { 'content-type': 'application/json' },
      payload: '{"title":"Kicks"}',
    });
    expect(answer.statusCode).toBe(206);
    expect(answer.headers['content-range']).toBe('0-0/9');
    expect(seen).toMatchObject([
      { method: 'PATCH', url: '/videos?id=eq.1&select=id,title', body: '{"title":"Kicks"}' },
    ]);
  });

  it('passes the session and the wishes about the answer on, and the id of this request', async () => {
    const answer = await app.inject({
      url: '/rest/videos',
      headers: {
        authorization: 'Bearer a.b.c',
        prefer: 'count=exact',
        range: '0-9',
        'accept-profile': 'api',
        'x-request-id': 'request-0001',
      },
    });
    expect(answer.headers['x-request-id']).toBe('request-0001');
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'Bearer a.b.c',
      prefer: 'count=exact',
      range: '0-9',
      'accept-profile': 'api',
      'x-request-id': 'request-0001',
    });
  });

  it.each([
    'cookie',
    'x-door',
    'x-role',
    'x-forwarded-for',
    'x-forwarded-host',
    'forwarded',
    'x-http-method-override',
    'x-client-info',
  ])('keeps %s outside', async (name) => {
    await app.inject({ url: '/rest/videos', headers: { [name]: 'worker' } });
    expect(seen[0]?.headers).not.toHaveProperty(name);
  });

  it('gives a request without an id one of its own', async () => {
    const answer = await app.inject('/rest/videos');
    expect(seen[0]?.headers['x-request-id']).toBe(answer.headers['x-request-id']);
  });

  it('does not tell what serves it, and keeps the strict headers', async () => {
    const { headers } = await app.inject('/rest/videos');
    expect(headers.server).toBeUndefined();
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('passes no body on that is larger than 1 MiB', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/rest/rpc/sign_in',
      headers: { 'content-type': 'application/json' },
      payload: `"${'x'.repeat(1_048_576)}"`,
    });
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toMatchObject({ code: 'request.too_large' });
    expect(seen).toEqual([]);
  });

  it('passes no body on that does not say how large it is', async () => {
    const origin = await app.listen({ host: '127.0.0.1', port: 0 });
    const answer = await fetch(`${origin}/rest/rpc/sign_in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Blob(['{}']).stream(),
      duplex: 'half',
    });
    expect(answer.status).toBe(411);
    expect(await answer.json()).toMatchObject({ code: 'request.length_required' });
    expect(seen).toEqual([]);
  });

  it('cannot be left by dots in the path', async () => {
    const answer = await app.inject('/rest/..%2f..%2fadmin');
    expect(answer.statusCode).toBe(400);
    expect(seen).toEqual([]);
  });

  it('answers 503 as a problem while PostgREST is away', async () => {
    const away = await buildApp(parseConfig(sampleEnvironment({ POSTGREST_URL: 'http://127.0.0.1:1' })));
    const answer = await away.inject('/rest/videos');
    await away.close();
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ code: 'service.unavailable' });
  });

  it('does not exist without PostgREST', async () => {
    const without = await buildApp(parseConfig(sampleEnvironment()));
    const answer = await without.inject('/rest/videos');
    await without.close();
    expect(answer.statusCode).toBe(404);
  });
});
