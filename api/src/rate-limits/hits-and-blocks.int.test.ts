import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IntegrationApp, type PersonName, startIntegrationApp } from '../../test/integration-app.ts';
import { hashAddress } from '../playback/viewer-fingerprint.ts';
import { HitCounter } from './hit-counter.ts';

let subject: IntegrationApp;
beforeAll(async () => {
  subject = await startIntegrationApp({ environment: { RATE_LIMITS: '*=off,playback=2/60:enforce' } });
});
afterAll(() => subject.close());

/** A look-up of a link from one of this machine's own addresses, all of which are in 127.0.0.0/8. */
function ask(localAddress: string): Promise<{ status: number | undefined; code: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(`${subject.origin}/api/share/Ab3dEf6hIj9k`, { method: 'POST', localAddress }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, code: JSON.parse(body).code }));
    });
    asked.on('error', reject).end('{}');
  });
}

/** What answers of the routes below may hold. */
interface Answered {
  readonly id: string;
  readonly code: string;
  readonly errors: readonly unknown[];
  readonly rules: readonly unknown[];
}

async function call(person: PersonName, path: string, body?: object) {
  const response = await fetch(subject.origin + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...(await subject.authorization(person)) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Answered };
}

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const hashOf = (address: string) => hashAddress(address, subject.config.addressHashKey).toString('hex');

describe('a blocked address (RL-09)', () => {
  it('is refused within 30 seconds, and let in again within 30 seconds of being lifted', async () => {
    expect(await ask('127.0.0.9')).toEqual({ status: 403, code: 'share.unavailable' });
    const placed = await call('tomas', '/api/address-blocks', {
      address: '127.0.0.9',
      expiresAt: inAnHour(),
      reason: 'It guesses at links',
    });
    expect(placed).toEqual({
      status: 201,
      body: { id: expect.any(String), address: hashOf('127.0.0.9'), blockedAt: expect.any(String) },
    });
    await expect
      .poll(() => ask('127.0.0.9'), { timeout: 30_000, interval: 500 })
      .toEqual({ status: 403, code: 'address.blocked' });
    expect(await ask('127.0.0.10')).toEqual({ status: 403, code: 'share.unavailable' });
    await subject.database.asUser(
      'priya',
      (client) => client.query(`select api.lift_address_block($1, 'It was a school')`, [placed.body.id]),
      { keep: true },
    );
    await expect
      .poll(async () => (await ask('127.0.0.9')).code, { timeout: 30_000, interval: 500 })
      .not.toBe('address.blocked');
  }, 70_000);

  it('is written down by its keyed hash alone', async () => {
    await call('tomas', '/api/address-blocks', {
      address: '203.0.113.77',
      expiresAt: inAnHour(),
      reason: 'It guesses',
    });
    const { rows } = await subject.database.admin.query(
      `select (select count(*) from app.address_blocks b where b::text like '%203.0.113.77%')::int as in_blocks,
              (select count(*) from audit.entries e where e::text like '%203.0.113.77%')::int as in_log,
              (select count(*) from app.address_blocks b where encode(b.address_hash, 'hex') = $1)::int as hashed`,
      [hashOf('203.0.113.77')],
    );
    expect(rows).toEqual([{ in_blocks: 0, in_log: 0, hashed: 1 }]);
    expect(subject.log()).not.toContain('203.0.113.77');
  });

  it.each([
    ['an address that is none', { address: 'not-an-address' }],
    ['a time that is none', { expiresAt: 'tomorrow' }],
    ['no reason', { reason: undefined }],
    ['a blank reason', { reason: '  ' }],
    ['an end that is past', { expiresAt: '2020-01-01T00:00:00Z' }],
    ['an end too far ahead', { expiresAt: '2199-01-01T00:00:00Z' }],
  ])('is not made of %s', async (_name, wrong) => {
    const { status, body } = await call('tomas', '/api/address-blocks', {
      address: '203.0.113.78',
      expiresAt: inAnHour(),
      reason: 'It guesses at links',
      ...wrong,
    });
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'request.invalid' });
    expect(body.errors).toHaveLength(1);
  });

  it('is blocked once', async () => {
    const block = () =>
      call('priya', '/api/address-blocks', { address: '203.0.113.79', expiresAt: inAnHour(), reason: 'It guesses' });
    expect((await block()).status).toBe(201);
    expect((await block()).body.code).toBe('block.already_placed');
  });

  it.each(['amelia', 'helen', 'grace'] as const)('is nothing that %s decides about', async (person) => {
    const asked = await call(person, '/api/address-blocks', {
      address: '203.0.113.80',
      expiresAt: inAnHour(),
      reason: 'It guesses at links',
    });
    expect({ status: asked.status, code: asked.body.code }).toEqual({ status: 403, code: 'auth.forbidden' });
  });

  it('is not asked for without signing in', async () => {
    const response = await fetch(`${subject.origin}/api/address-blocks`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(401);
  });
});

describe('the limits as they are applied', () => {
  it('are shown to operators and admins, with the routes under each', async () => {
    for (const person of ['tomas', 'priya'] as const) {
      const { status, body } = await call(person, '/api/rate-limits');
      expect(status).toBe(200);
      expect(body).toMatchObject({ store: 'process', storeUp: true });
      expect(body.rules).toContainEqual({
        name: 'playback',
        countedBy: 'address',
        points: 2,
        windowSeconds: 60,
        mode: 'enforce',
        countedWhen: [],
        routes: expect.arrayContaining(['POST /api/share/:publicId', 'POST /api/videos/:id/preview']),
      });
    }
  });

  it.each(['amelia', 'helen', 'grace'] as const)('are not shown to %s', async (person) => {
    expect((await call(person, '/api/rate-limits')).status).toBe(403);
  });
});

describe('requests over a limit', () => {
  it('are in the database when the process has ended, by rule and keyed hash', async () => {
    const own = await startIntegrationApp({ environment: { RATE_LIMITS: '*=off,playback=2/60:enforce' } });
    const { database } = own;
    try {
      for (let times = 0; times < 5; times += 1) {
        await fetch(`${own.origin}/api/share/Ab3dEf6hIj9k`, { method: 'POST', body: '{}' });
      }
      await own.app.close();
      const { rows } = await database.admin.query(
        `select rule, mode, encode(address_hash, 'hex') as address, hits::int from app.rate_limit_hits`,
      );
      expect(rows).toEqual([
        {
          rule: 'playback',
          mode: 'enforce',
          address: hashAddress('127.0.0.1', own.config.addressHashKey).toString('hex'),
          hits: 3,
        },
      ]);
    } finally {
      await own.close();
    }
  });

  it('of more addresses than one report has room for are counted together', async () => {
    const sent: unknown[] = [];
    const counter = new HitCounter(
      {
        query: async (_statement, values) => {
          sent.push(...JSON.parse(String(values[0])));
          return [];
        },
      },
      () => undefined,
    );
    for (let index = 0; index < 210; index += 1) {
      counter.count('playback', 'enforce', Buffer.from([index]));
      counter.count('playback', 'enforce', Buffer.from([0]));
    }
    await counter.close();
    expect(sent).toHaveLength(201);
    expect(sent).toContainEqual({ rule: 'playback', mode: 'enforce', address: null, hits: 10 });
    expect(sent).toContainEqual({ rule: 'playback', mode: 'enforce', address: '00', hits: 211 });
  });
});
