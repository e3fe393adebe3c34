import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { productionEnvironment, sampleEnvironment } from '../../../test/sample-environment.ts';
import { startUnitApp, type UnitApp } from '../../../test/unit-app.ts';
import { buildApp } from '../../app.ts';
import { parseConfig } from '../../config.ts';
import { appConfig } from './read-config/schema.ts';

let unit: UnitApp;
beforeAll(async () => {
  unit = await startUnitApp({ METRICS_TOKEN: 'metrics-token-0123' });
});
afterAll(() => unit.close());

describe('/api/config', () => {
  it('tells the apps about the local issuer', async () => {
    const answer = await unit.app.inject('/api/config');
    expect(appConfig.parse(answer.json())).toEqual({
      environment: 'test',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      identity: { provider: 'local', issuerUrl: unit.issuer.url },
      restUrl: '/rest',
      shareUrl: 'http://127.0.0.1:4000/s/',
      maxUploadBytes: 5_000_000_000,
      shareLife: { minHours: 24, maxHours: 168 },
    });
  });

  it('tells the apps about Clerk, and nothing that is secret', async () => {
    const environment = productionEnvironment();
    const app = await buildApp(parseConfig({ ...environment, LOG_LEVEL: 'silent' }));
    const answer = await app.inject('/api/config');
    await app.close();
    expect(answer.json()).toMatchObject({
      identity: { provider: 'clerk', publishableKey: environment.CLERK_PUBLISHABLE_KEY },
    });
    for (const name of [
      'MUX_TOKEN_SECRET',
      'MUX_WEBHOOK_SECRETS',
      'ADDRESS_HASH_KEY',
      'SHARE_PROOF_KEY',
      'METRICS_TOKEN',
      'DATABASE_URL',
    ] as const) {
      expect(answer.body).not.toContain(environment[name]);
    }
  });
});

describe('health', () => {
  it('is alive also while the database is away', async () => {
    const answer = await unit.app.inject('/livez');
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'alive' }]);
  });

  it('is not ready while the database is away, and says so', async () => {
    const answer = await unit.app.inject('/readyz');
    expect([answer.statusCode, answer.json()]).toEqual([
      503,
      { status: 'unavailable', checks: { database: 'failed' } },
    ]);
  });

  it('is not ready while PostgREST is away', async () => {
    const app = await buildApp(parseConfig(sampleEnvironment({ POSTGREST_URL: 'http://127.0.0.1:1' })));
    const answer = await app.inject('/readyz');
    await app.close();
    expect(answer.json()).toEqual({ status: 'unavailable', checks: { database: 'failed', postgrest: 'failed' } });
  });
});

describe('/metrics', () => {
  it('asks for its token when one is configured', async () => {
    expect((await unit.app.inject('/metrics')).statusCode).toBe(401);
    const wrong = await unit.app.inject({ url: '/metrics', headers: { authorization: 'Bearer metrics-token-9999' } });
    expect(wrong.json()).toMatchObject({ code: 'auth.token_invalid' });
  });

  it('shows requests by route, decisions, webhooks, minting and connections', async () => {
    await unit.app.inject('/livez');
    const answer = await unit.app.inject({ url: '/metrics', headers: { authorization: 'Bearer metrics-token-0123' } });
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(answer.body).toContain('http_request_duration_seconds_count{method="GET",route="/livez",status_code="200"}');
    for (const name of [
      'mm_playback_decisions_total',
      'mm_webhooks_received_total',
      'mm_playback_minting_seconds',
      'mm_database_connections',
    ]) {
      expect(answer.body).toContain(`# TYPE ${name} `);
    }
  });
});

describe('/.well-known/jwks.json', () => {
  it('publishes the public key of playback tokens', async () => {
    const { keys } = (await unit.app.inject('/.well-known/jwks.json')).json<{ keys: Record<string, string>[] }>();
    expect(keys).toEqual([
      { kty: 'RSA', kid: 'signing-key-1', use: 'sig', alg: 'RS256', n: expect.any(String), e: 'AQAB' },
    ]);
  });
});

describe('/api/openapi.json', () => {
  interface Operation {
    operationId: string;
    responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
  }
  it('describes every operation, with its problems as problem documents', async () => {
    const document = (await unit.app.inject('/api/openapi.json')).json<{
      paths: Record<string, Record<string, Operation>>;
    }>();
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
    );
    expect(operations.map(({ name }) => name).sort()).toEqual([
      'DELETE /api/uploads/{id}',
      'GET /.well-known/audit-checkpoint',
      'GET /.well-known/audit-keys',
      'GET /.well-known/jwks.json',
      'GET /api/audit/consistency',
      'GET /api/audit/export',
      'GET /api/config',
      'GET /api/lists/{list}/export',
      'GET /api/live',
      'GET /api/plays/export',
      'GET /api/rate-limits',
      'GET /api/uploads/{id}',
      'GET /livez',
      'GET /readyz',
      'POST /api/address-blocks',
      'POST /api/consents',
      'POST /api/consents/erase',
      'POST /api/consents/export',
      'POST /api/consents/withdraw',
      'POST /api/keys/rotations',
      'POST /api/share-passphrases',
      'POST /api/share/{publicId}',
      'POST /api/share/{publicId}/code',
      'POST /api/share/{publicId}/code/verify',
      'POST /api/share/{publicId}/events',
      'POST /api/share/{publicId}/passphrase',
      'POST /api/uploads',
      'POST /api/videos/{id}/preview',
      'POST /api/vitals',
      'POST /api/webhooks/mux',
    ]);
    for (const { name, operation } of operations) {
      expect(operation.operationId, name).toMatch(/^[a-z][A-Za-z]+$/);
      for (const [status, response] of Object.entries(operation.responses)) {
        if (Number(status) >= 400 && name !== 'GET /readyz') {
          expect(response.content, `${name} ${status}`).toEqual({
            'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
          });
        }
      }
    }
  });
});
