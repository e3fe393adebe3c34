import { createTestDatabase, type TestDatabase } from '@mm/tests';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sessionClaims } from '../../test/session-issuer.ts';
import { toProblemError } from '../plugins/app/problems.ts';
import { type Caller, withCaller, withService } from './caller.ts';
import { type Database, openDatabase } from './database.ts';
import { DatabaseUnavailableError } from './unavailable.ts';

const issuer = 'http://issuer.test';
const facts = { requestId: 'request-0001', userAgent: 'test' };

let testDatabase: TestDatabase;
/** One connection only: whoever comes next gets the very connection that the one before used. */
let database: Database;

const callerWith = (claims: Record<string, unknown> = {}): Caller => {
  const all = sessionClaims(issuer, claims);
  return { role: (claims.role ?? 'mm_coach') as Caller['role'], claims: all };
};

/** What a connection knows of a caller. */
async function identityOn(connection: Database): Promise<unknown> {
  const [row] = await connection.query(
    {
      name: 'identity',
      text: `select current_user, current_setting('request.jwt.claims', true) as claims,
    current_setting('request.headers', true) as headers, pg_backend_pid() as pid`,
    },
    [],
  );
  return row;
}

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  await testDatabase.admin.query(
    'insert into authz.identity_providers (issuer, audience, authorized_parties) values ($1, $2, $3)',
    [issuer, 'motion-mavericks', ['http://127.0.0.1:4000']],
  );
});
beforeEach(() => {
  database = openDatabase({
    url: testDatabase.serviceUrl,
    poolMax: 1,
    applicationName: 'mm-api',
    onConnectionError: () => undefined,
  });
  return () => database.close();
});
afterAll(() => testDatabase.close());

const nobody = {
  current_user: 'mm_service',
  claims: expect.toBeOneOf([null, '']),
  headers: expect.toBeOneOf([null, '']),
};

describe('a transaction of a caller', () => {
  it('runs as their role, with their claims and the id of the request', async () => {
    const row = await withCaller(database, callerWith(), facts, async (transaction) => {
      const result = await sql<Record<string, unknown>>`
        select current_user as role, authz.subject() as subject, authz.profile_id() is not null as known,
               current_setting('request.headers')::json ->> 'x-request-id' as request_id`.execute(transaction);
      return result.rows[0];
    });
    expect(row).toEqual({ role: 'mm_coach', subject: 'user_amelia_hart', known: true, request_id: 'request-0001' });
  });

  it('leaves nothing of them on the connection', async () => {
    await withCaller(database, callerWith(), facts, async () => undefined);
    expect(await identityOn(database)).toMatchObject(nobody);
  });

  it('leaves nothing of them on the connection when SQL fails in it', async () => {
    await expect(
      withCaller(database, callerWith(), facts, (transaction) => sql`select 1 / 0`.execute(transaction)),
    ).rejects.toMatchObject({ code: '22012' });
    expect(await identityOn(database)).toMatchObject(nobody);
  });

  it('leaves nothing of them on the connection when the program fails in it', async () => {
    const failure = new Error('in the middle');
    await expect(withCaller(database, callerWith(), facts, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(await identityOn(database)).toMatchObject(nobody);
  });

  it('keeps two callers on one connection apart, also when they ask at once', async () => {
    const subjects = ['user_amelia_hart', 'user_ben_okafor', 'user_amelia_hart', 'user_ben_okafor'];
    const seen = await Promise.all(
      subjects.map((sub) =>
        withCaller(database, callerWith({ sub }), facts, async (transaction) => {
          const { rows } = await sql<{ subject: string }>`select authz.subject() as subject`.execute(transaction);
          return rows[0]?.subject;
        }),
      ),
    );
    expect(seen).toEqual(subjects);
  });

  it.each<[string, Record<string, unknown>]>([
    ['expired', { exp: 1 }],
    ['of another issuer', { iss: 'http://elsewhere.test' }],
    ['for another audience', { aud: 'another' }],
    ['of another party', { azp: 'http://elsewhere.test' }],
    ['pending', { sts: 'pending' }],
  ])('is refused by the database when the claims are %s, whatever the api thought', async (_name, claims) => {
    const attempt = withCaller(database, callerWith(claims), facts, async () => 'ran');
    const problem = await attempt.catch((error: unknown) => toProblemError(error));
    expect(problem).toMatchObject({ status: 401, code: 'auth.token_invalid' });
  });

  it('cannot become the owner of the database', async () => {
    const owner = { ...callerWith(), role: 'mm_owner' as Caller['role'] };
    await expect(withCaller(database, owner, facts, async () => 'ran')).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the service itself', () => {
  it('reads no table of the product', async () => {
    for (const table of [
      'app.videos',
      'app.share_tokens',
      'app.profiles',
      'audit.entries',
      'authz.identity_providers',
    ]) {
      const attempt = withService(database, facts, (transaction) =>
        sql`select * from ${sql.raw(table)}`.execute(transaction),
      );
      await expect(attempt, table).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('a connection that breaks', () => {
  it('in mid-statement is reported as unavailable and replaced', async () => {
    const { pid } = (await identityOn(database)) as { pid: number };
    const sleeping = withService(database, facts, (transaction) => sql`select pg_sleep(20)`.execute(transaction));
    const broken = expect(sleeping).rejects.toSatisfy((error) => toProblemError(error).status === 503);
    await expect
      .poll(async () => {
        const { rows } = await testDatabase.admin.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where pid = $1 and query like 'select pg_sleep%'",
          [pid],
        );
        return rows.length;
      })
      .toBe(1);
    await broken;
    expect(await identityOn(database)).toMatchObject({ current_user: 'mm_service' });
  });

  it('cannot be waited for endlessly: with every connection taken, the next request is unavailable', async () => {
    const taken = Promise.withResolvers<void>();
    const enough = Promise.withResolvers<void>();
    const held = withService(database, facts, () => {
      taken.resolve();
      return enough.promise;
    });
    await taken.promise;
    await expect(database.query({ name: 'one', text: 'select 1' }, [])).rejects.toBeInstanceOf(
      DatabaseUnavailableError,
    );
    enough.resolve();
    await held;
  });
});
