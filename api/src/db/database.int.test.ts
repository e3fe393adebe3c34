import { createTestDatabase, type TestDatabase } from '@mm/tests';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { DatabaseUnavailableError } from './unavailable.ts';

let testDatabase: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  await testDatabase.admin.query(
    'create table public.things (id integer); grant select on public.things to mm_service',
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

/** Texts that the only connection has prepared. */
async function prepared(): Promise<string[]> {
  const { rows } = await database.pool.query<{ statement: string }>(
    `select statement from pg_prepared_statements where statement like '%things%' order by 1`,
  );
  return rows.map(({ statement }) => statement);
}

describe('statements of the query builder', () => {
  it('are planned once for a connection, whatever their values', async () => {
    for (const id of [1, 2, 3]) {
      await sql`select id from public.things where id = ${id}`.execute(database.kysely);
    }
    expect(await prepared()).toEqual(['select id from public.things where id = $1']);
  });

  it('are not all kept when there is no end of them', async () => {
    for (let length = 1; length <= 510; length += 1) {
      const ids = Array.from({ length }, (_, id) => id);
      await sql`select id from public.things where id in (${sql.join(ids)})`.execute(database.kysely);
    }
    expect(await prepared()).toHaveLength(500);
  });

  it.each([
    ['of the query builder', () => sql`select * from public.things`.execute(database.kysely)],
    ['by name', () => database.query({ name: 'things', text: 'select * from public.things' }, [])],
  ])('that a migration has changed are asked for again once, and prepared anew: %s', async (_which, ask) => {
    await ask();
    await testDatabase.admin.query('alter table public.things add column note text');
    try {
      await expect(ask()).rejects.toThrow(DatabaseUnavailableError);
      await ask();
    } finally {
      await testDatabase.admin.query('alter table public.things drop column note');
    }
  });
});
