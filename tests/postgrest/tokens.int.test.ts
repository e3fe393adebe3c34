import { createHmac, generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Claims,
  claimsOf,
  createTestDatabase,
  personas,
  type TestDatabase,
  type TestPostgrest,
} from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';
import { rest } from '../src/rest.ts';

let database: TestDatabase;
let postgrest: TestPostgrest;
beforeAll(async () => {
  database = await createTestDatabase();
  postgrest = await database.startPostgrest();
});
afterAll(() => database?.close());

const now = () => Math.floor(Date.now() / 1000);

/** One claim wrong at a time; both doors must refuse each of them, with the same code. */
const wrongClaims: [title: string, claims: () => Claims][] = [
  ['no exp', () => ({ exp: undefined })],
  ['an exp that is no number', () => ({ exp: 'tomorrow' })],
  ['no aud', () => ({ aud: undefined })],
  ['a foreign aud', () => ({ aud: 'another-product' })],
  ['an aud that only contains ours as a part', () => ({ aud: 'motion-mavericks-staging' })],
  ['an empty list as aud', () => ({ aud: [] })],
  ['no iss', () => ({ iss: undefined })],
  ['a foreign iss', () => ({ iss: 'https://identity.test.evil.example' })],
  ['an iss with a slash more', () => ({ iss: 'https://identity.test/' })],
  ['no azp', () => ({ azp: undefined })],
  ['a foreign azp', () => ({ azp: 'https://evil.example' })],
  ['sts pending', () => ({ sts: 'pending' })],
  ['an nbf in the future', () => ({ nbf: now() + 20 })],
  ['no sub', () => ({ sub: undefined })],
  ['an empty sub', () => ({ sub: '' })],
  ['a sub that is no text', () => ({ sub: { $ne: null } })],
];

describe('what a session token must say', () => {
  test('a good token is accepted by both doors, also with several audiences', async () => {
    for (const aud of ['motion-mavericks', ['another-product', 'motion-mavericks']]) {
      const claims = claimsOf('amelia', { aud });
      expect((await rest(postgrest, claims, '/me?select=subject')).body).toEqual([
        { subject: personas.amelia.subject },
      ]);
      const { rows } = await database.asUser(claims, (client) => client.query('select subject from api.me'));
      expect(rows).toEqual([{ subject: personas.amelia.subject }]);
    }
  });

  test.each(wrongClaims)('%s is refused by SQL and by PostgREST', async (_, overrides) => {
    const claims = claimsOf('amelia', overrides());
    const wire = await rest(postgrest, claims, '/me');
    expect({ status: wire.status, rows: Array.isArray(wire.body) }).toEqual({ status: 401, rows: false });
    const refusal = await refusalOf(
      database.asUser({ ...claims, role: 'mm_coach' }, (client) => client.query('select from api.me')),
    );
    expect(refusal).toMatchObject({ status: 401, code: 'auth.token_invalid' });
  });

  test('a token that expired a moment ago is refused: the 30 seconds of grace that PostgREST gives are not ours', async () => {
    const answer = await rest(postgrest, claimsOf('amelia', { exp: now() - 1 }), '/me');
    expect(answer).toMatchObject({ status: 401, body: { code: 'PT401', hint: 'auth.token_invalid' } });
  });

  test.each(['mm_owner', 'mm_service', 'mm_authenticator', 'postgres', 'pg_read_all_data', 'nobody'])(
    'a token that names the role %s opens nothing',
    async (role) => {
      const { status } = await rest(postgrest, claimsOf('amelia', { role }), '/me');
      expect([400, 401, 403]).toContain(status);
    },
  );

  test('a token of a person, without a role, is not taken for nobody', async () => {
    expect((await rest(postgrest, claimsOf('amelia', { role: undefined }), '/me')).status).toBe(401);
  });

  test('the claims must name the role that the transaction took', async () => {
    const claims = claimsOf('amelia');
    const client = await database.service.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('role', 'mm_admin', true), set_config('request.jwt.claims', $1, true)`, [
        JSON.stringify(claims),
      ]);
      await expect(client.query('select authz.check_request()')).rejects.toMatchObject({ hint: 'auth.token_invalid' });
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  test('a suspended person is refused with a good token, by both doors', async () => {
    await database.admin.query('update app.profiles set suspended_at = now() where subject = $1', [
      personas.ben.subject,
    ]);
    expect(await rest(postgrest, 'ben', '/me')).toMatchObject({ status: 403, body: { hint: 'auth.suspended' } });
    expect(await refusalOf(database.asUser('ben', (client) => client.query('select from api.me')))).toMatchObject({
      status: 403,
      code: 'auth.suspended',
    });
    await database.admin.query('update app.profiles set suspended_at = null where subject = $1', [
      personas.ben.subject,
    ]);
    expect((await rest(postgrest, 'ben', '/me')).status).toBe(200);
  });

  test('a suspended person is a stranger to every policy, even where the check was forgotten', async () => {
    await database.admin.query('update app.profiles set suspended_at = now() where subject = $1', [
      personas.ben.subject,
    ]);
    const client = await database.service.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('role', 'mm_coach', true), set_config('request.jwt.claims', $1, true)`, [
        JSON.stringify(claimsOf('ben')),
      ]);
      expect((await client.query('select authz.profile_id() as id')).rows).toEqual([{ id: null }]);
    } finally {
      await client.query('rollback');
      client.release();
    }
    await database.admin.query('update app.profiles set suspended_at = null where subject = $1', [
      personas.ben.subject,
    ]);
  });

  test('with no identity provider every token is refused', async () => {
    await database.admin.query(`update authz.identity_providers set issuer = 'https://elsewhere.test'`);
    expect((await rest(postgrest, 'amelia', '/me')).status).toBe(401);
    await database.admin.query(`update authz.identity_providers set issuer = 'https://identity.test'`);
  });
});

describe('who must have signed it', () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = (header: object) => `${encode(header)}.${encode(claimsOf('priya'))}`;

  test.each([
    ['alg none', () => `${unsigned({ alg: 'none', typ: 'JWT' })}.`],
    ['alg none in capitals', () => `${unsigned({ alg: 'NONE', typ: 'JWT' })}.`],
    ['no signature', () => `${unsigned({ alg: 'RS256', kid: 'test-key' })}.`],
    [
      'HS256 with the key id as the secret',
      () => {
        const head = unsigned({ alg: 'HS256', kid: 'test-key', typ: 'JWT' });
        return `${head}.${createHmac('sha256', 'test-key').update(head).digest('base64url')}`;
      },
    ],
    ['no token at all', () => 'token'],
  ])('%s is refused', async (_, token) => {
    expect((await rest(postgrest, { token: token() }, '/profiles')).status).toBe(401);
  });

  test('a key of somebody else under our key id is refused', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const token = await new SignJWT(JSON.parse(JSON.stringify(claimsOf('priya'))))
      .setProtectedHeader({ alg: 'RS256', kid: 'test-key' })
      .sign(privateKey);
    expect((await rest(postgrest, { token }, '/profiles')).status).toBe(401);
  });

  test('a token changed after signing is refused', async () => {
    const [head, , signature] = (await postgrest.signToken(claimsOf('amelia'))).split('.');
    const token = `${head}.${encode(claimsOf('priya'))}.${signature}`;
    expect((await rest(postgrest, { token }, '/profiles')).status).toBe(401);
  });
});

describe('signing in', () => {
  test('the first sign-in makes the profile from the claims, the next one refreshes it', async () => {
    const claims = claimsOf('amelia', { sub: 'user_new', name: 'New Person', email: 'new@example.com' });
    expect((await rest(postgrest, claims, '/me')).body).toEqual([]);
    const first = await rest(postgrest, claims, '/rpc/sign_in', { method: 'POST', body: {} });
    expect(first).toMatchObject({
      status: 200,
      body: { subject: 'user_new', role: 'coach', display_name: 'New Person' },
    });
    const renamed = claimsOf('amelia', { sub: 'user_new', name: 'Newer Person', email: undefined, role: 'mm_admin' });
    const second = await rest(postgrest, renamed, '/rpc/sign_in', { method: 'POST', body: {} });
    expect(second.body).toMatchObject({ role: 'admin', display_name: 'Newer Person', email: null });
    expect((second.body as { id: string }).id).toBe((first.body as { id: string }).id);
  });

  test('without a name the person is called by address, without that by subject', async () => {
    const named = async (claims: Claims) =>
      ((await rest(postgrest, claims, '/rpc/sign_in', { method: 'POST', body: {} })).body as { display_name: string })
        .display_name;
    expect(await named(claimsOf('amelia', { sub: 'user_a', name: '  ', email: 'a@example.com' }))).toBe(
      'a@example.com',
    );
    expect(await named(claimsOf('amelia', { sub: 'user_b', name: undefined, email: undefined }))).toBe('user_b');
  });

  test('somebody who never signed in sees and does nothing', async () => {
    const claims = claimsOf('amelia', { sub: 'user_stranger' });
    expect((await rest(postgrest, claims, '/videos')).body).toEqual([]);
    expect((await rest(postgrest, claims, '/audit_entries')).body).toEqual([]);
    const upload = { title: 'T', description: null, file_name: 'f', file_size_bytes: 1, content_type: 'video/mp4' };
    expect((await rest(postgrest, claims, '/rpc/request_upload', { method: 'POST', body: upload })).status).toBe(403);
  });

  test('nobody signs in without a token', async () => {
    expect((await rest(postgrest, null, '/rpc/sign_in', { method: 'POST', body: {} })).status).toBe(401);
  });
});
