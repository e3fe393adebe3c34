import { claimsOf, createTestDatabase, type TestDatabase, type TestPostgrest } from '@mm/tests';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { givenVideo } from '../../../test/fixtures.ts';
import { sampleEnvironment } from '../../../test/sample-environment.ts';
import { buildApp } from '../../app.ts';
import { parseConfig } from '../../config.ts';

let database: TestDatabase;
let postgrest: TestPostgrest;
let app: FastifyInstance;
let origin: string;
beforeAll(async () => {
  database = await createTestDatabase();
  postgrest = await database.startPostgrest();
  app = await buildApp(
    parseConfig(sampleEnvironment({ DATABASE_URL: database.serviceUrl, POSTGREST_URL: postgrest.url })),
  );
  origin = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await app.close();
  await database.close();
});

const authorization = async (person: 'amelia' | 'ben') => `Bearer ${await postgrest.signToken(claimsOf(person))}`;

describe('PostgREST behind /rest', () => {
  it('answers as it does directly', async () => {
    const video = await givenVideo(database);
    const headers = { authorization: await authorization('amelia'), accept: 'application/vnd.pgrst.object+json' };
    const path = `/videos?id=eq.${video.id}&select=id,title,status`;
    const through = await fetch(`${origin}/rest${path}`, { headers });
    const direct = await fetch(`${postgrest.url}${path}`, { headers });
    expect(through.status).toBe(200);
    const row = await through.json();
    expect(row).toEqual(await direct.json());
    expect(row).toEqual({ id: video.id, title: 'Turns on the inside edge', status: 'ready' });
  });

  it('keeps the count and range of a list', async () => {
    await Promise.all([givenVideo(database), givenVideo(database)]);
    const response = await fetch(`${origin}/rest/videos?select=id`, {
      headers: {
        authorization: await authorization('amelia'),
        prefer: 'count=exact',
        range: '0-0',
        'range-unit': 'items',
      },
    });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toMatch(/^0-0\/\d+$/);
  });

  it('writes the id of the request into the audit log, and the door rest whatever a header claims', async () => {
    const video = await givenVideo(database);
    const response = await fetch(`${origin}/rest/videos?id=eq.${video.id}`, {
      method: 'PATCH',
      headers: {
        authorization: await authorization('amelia'),
        'content-type': 'application/json',
        'x-request-id': 'rest-request-1',
        'x-door': 'worker',
        cookie: 'door=worker',
      },
      body: JSON.stringify({ title: 'Outside edge' }),
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('x-request-id')).toBe('rest-request-1');
    const { rows } = await database.admin.query(
      'select door, request_id, actor_subject from audit.entries where object_id = $1 and request_id is not null',
      [video.id],
    );
    expect(rows).toEqual([{ door: 'rest', request_id: 'rest-request-1', actor_subject: 'user_amelia_hart' }]);
  });

  it('keeps the status and the code of a refusal', async () => {
    const response = await fetch(`${origin}/rest/rpc/create_share_token`, {
      method: 'POST',
      headers: { authorization: await authorization('ben'), 'content-type': 'application/json' },
      body: JSON.stringify({ video_id: '0198c5e2-7c1f-7d6e-9c53-0f6a3b0f9a11' }),
    });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ hint: 'video.not_found' });
  });

  it('counts as ready', async () => {
    const answer = await fetch(`${origin}/readyz`);
    expect(await answer.json()).toEqual({ status: 'ready', checks: { database: 'ok', postgrest: 'ok' } });
  });
});
