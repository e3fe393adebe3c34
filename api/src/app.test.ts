import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleEnvironment } from '../test/sample-environment.ts';
import { buildApp } from './app.ts';
import { parseConfig } from './config.ts';
import { problem } from './problems/schema.ts';

let app: FastifyInstance;
beforeAll(async () => {
  // The database of this environment listens nowhere: what needs it must say so, and nothing else may need it.
  app = await buildApp(parseConfig(sampleEnvironment()));
});
afterAll(() => app.close());

describe('every answer', () => {
  it.each(['/api/config', '/livez', '/nowhere', '/api/openapi.json'])(
    'of %s carries the strict headers',
    async (url) => {
      const { headers } = await app.inject(url);
      expect(headers).toMatchObject({
        'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        'cache-control': 'no-store',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
      expect(headers['permissions-policy']).toContain('camera=()');
      expect(headers['strict-transport-security']).toBeUndefined();
    },
  );

  it('promises TLS when the product is reached by https', async () => {
    const secure = await buildApp(parseConfig(sampleEnvironment({ PUBLIC_URL: 'https://videos.example.com' })));
    expect((await secure.inject('/livez')).headers['strict-transport-security']).toBe(
      'max-age=63072000; includeSubDomains',
    );
    await secure.close();
  });

  it('repeats a sane request id of the caller', async () => {
    const { headers } = await app.inject({ url: '/livez', headers: { 'x-request-id': 'caller-0123.abc' } });
    expect(headers['x-request-id']).toBe('caller-0123.abc');
  });

  it.each(['short', 'has spaces in it', 'a'.repeat(129), 'line\tbreak-here'])(
    'gets a fresh UUIDv7 instead of the request id %j',
    async (id) => {
      const { headers } = await app.inject({ url: '/livez', headers: { 'x-request-id': id } });
      expect(headers['x-request-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    },
  );
});

describe('a refusal', () => {
  it('is a problem document that names its request', async () => {
    const answer = await app.inject({ url: '/nowhere', headers: { 'x-request-id': 'request-0001' } });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(problem.parse(answer.json())).toEqual({
      type: 'urn:motion-mavericks:problem:request.not_found',
      title: 'There is nothing at this address',
      status: 404,
      detail: 'No operation answers this method and path.',
      code: 'request.not_found',
      requestId: 'request-0001',
    });
  });

  it('of a URL that cannot be decoded is a problem document too', async () => {
    const answer = await app.inject({ url: '/api/%zz', headers: { 'x-request-id': 'request-0002' } });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.json()).toMatchObject({ code: 'request.malformed', requestId: 'request-0002' });
  });

  it('says 503 with Retry-After when the database is away', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/share/abcdefgh2345',
      body: { secret: 'a'.repeat(43) },
    });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.json()).toMatchObject({ code: 'service.unavailable' });
  });
});
