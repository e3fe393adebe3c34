import { DatabaseError } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type PersonaName, type TestDatabase, type TestPostgrest } from '../src/index.ts';
import { rest } from '../src/rest.ts';
import { closedTables, type Outcome, type RowName, readCases, updateCases, writeOnceObjects } from './cases.ts';
import { arrangeWorld, type World } from './world.ts';

const everybody = ['amelia', 'ben', 'priya', 'helen', 'tomas', 'grace', null] as const;

let database: TestDatabase;
let postgrest: TestPostgrest;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  postgrest = await database.startPostgrest();
  world = await arrangeWorld(database);
});
afterAll(() => database?.close());

function idOf(row: RowName): string {
  const id = world.get(row);
  if (id === undefined) throw new Error(`The world has no ${row}.`);
  return id;
}

/** Rows of the world by name; whatever else the database holds (entries of arranging) is left to the exact-set test below. */
function namesOf(ids: string[]): string[] {
  const names = new Map([...world].map(([name, id]) => [id, name]));
  return ids.flatMap((id) => names.get(id) ?? []).sort();
}

async function readBySql(who: PersonaName | null, relation: string): Promise<string[] | 'denied'> {
  return database.asUser(who, async (client) => {
    try {
      return (await client.query<{ id: string }>(`select id from ${relation}`)).rows.map((row) => row.id);
    } catch (error) {
      if (error instanceof DatabaseError && error.code === '42501') return 'denied';
      throw error;
    }
  });
}

async function readByRest(who: PersonaName | null, view: string): Promise<string[] | 'denied'> {
  const { status, body } = await rest(postgrest, who, `/${view}?select=id`);
  if (status === (who === null ? 401 : 403)) return 'denied';
  expect(status).toBe(200);
  return (body as { id: string }[]).map((row) => row.id);
}

const expected = (sees: Outcome) => (sees === 'denied' ? 'denied' : [...sees].sort());
const seen = (ids: string[] | 'denied') => (ids === 'denied' ? 'denied' : namesOf(ids));

describe('reading', () => {
  test.each(readCases)('$rule: $who reads $view', async ({ view, who, sees }) => {
    const bySql = await readBySql(who, `api.${view}`);
    expect(seen(bySql)).toEqual(expected(sees));
    const byRest = await readByRest(who, view);
    expect(byRest).toEqual(bySql);
  });

  test.each(readCases.filter(({ view }) => view !== 'me'))(
    '$rule: $who reads the table behind $view',
    async ({ table, view, who, sees }) => {
      const ids = await readBySql(who, table);
      // Whoever may not use the view sees no row of the table either: no privilege, or no policy; or their own profile.
      if (sees !== 'denied')
        expect(ids).toEqual(expect.arrayContaining((await readBySql(who, `api.${view}`)) as string[]));
      expect(seen(ids)).toEqual(sees === 'denied' && ids !== 'denied' ? [] : expected(sees));
    },
  );

  test('a coach sees the audit entries that have them as the owner, and not one more', async () => {
    const { rows } = await database.admin.query<{ id: string }>(
      'select id from audit.entries where owner_id = $1 order by id',
      [idOf('amelia.profile')],
    );
    const ids = rows.map((row) => row.id);
    expect([...(await readBySql('amelia', 'api.audit_entries'))].sort()).toEqual(ids);
    expect([...(await readByRest('amelia', 'audit_entries'))].sort()).toEqual(ids);
  });

  test.each(closedTables)('no caller reads %s', async (table) => {
    for (const who of everybody) {
      await expect(database.asUser(who, (client) => client.query(`select from ${table}`))).rejects.toMatchObject({
        code: '42501',
      });
    }
  });
});

describe('changing', () => {
  test.each(updateCases)('$rule: $who sets $set of $row', async ({ view, table, who, set, row, outcome }) => {
    const id = idOf(row);
    for (const relation of [`api.${view}`, table]) {
      const result = await database.asUser(who, async (client) => {
        const columns = Object.keys(set);
        try {
          const { rows } = await client.query<{ id: string }>(
            `update ${relation} set ${columns.map((name, i) => `${name} = $${i + 2}`).join(', ')} where id = $1 returning id`,
            [id, ...Object.values(set)],
          );
          return rows.length === 1 && rows[0]?.id === id ? 'changed' : 'hidden';
        } catch (error) {
          if (error instanceof DatabaseError && error.code === '42501') return 'denied';
          throw error;
        }
      });
      expect({ relation, result }).toEqual({ relation, result: outcome });
    }
    const byRest = await rest(postgrest, who, `/${view}?id=eq.${id}&select=id`, {
      method: 'PATCH',
      body: set,
      headers: { prefer: 'return=representation', accept: 'application/vnd.pgrst.object+json' },
    });
    const status = { changed: 200, hidden: 406, denied: who === null ? 401 : 403 }[outcome];
    expect({ door: 'rest', status: byRest.status }).toEqual({ door: 'rest', status });
  });

  test.each([
    ['app.videos', 'title'],
    ['app.share_tokens', 'label'],
  ])('an update of %s that reads nothing is held to the same rows', async (table, column) => {
    // Without WHERE and RETURNING only the update's own policy counts: what may be read does not narrow it.
    const { changed, own } = await database.asUser('amelia', async (client) => ({
      changed: (await client.query(`update ${table} set ${column} = 'Blindly'`)).rowCount,
      own: (await client.query(`select from ${table}`)).rowCount,
    }));
    expect(changed).toBe(own);
    const { rows } = await database.admin.query<{ all: number }>(`select count(*)::int as all from ${table}`);
    expect(rows[0]?.all).toBeGreaterThan(own ?? 0);
  });

  test('an update without a filter changes only the rows that are the caller’s', async () => {
    const { body } = await rest(postgrest, 'amelia', '/videos?id=not.is.null&select=id', {
      method: 'PATCH',
      body: { title: 'All of them' },
      headers: { prefer: 'return=representation' },
    });
    expect(body).toEqual([{ id: idOf('amelia.video') }]);
    const { rows } = await database.admin.query(`select id from app.videos where title = 'All of them'`);
    expect(rows).toEqual([{ id: idOf('amelia.video') }]);
  });
});

describe('making and deleting', () => {
  test.each(writeOnceObjects)('nobody inserts into or deletes from $view directly', async ({ view, table }) => {
    for (const who of everybody) {
      for (const statement of [
        `insert into ${table} default values`,
        `delete from ${table}`,
        `delete from api.${view}`,
      ]) {
        await expect(database.asUser(who, (client) => client.query(statement))).rejects.toMatchObject({
          code: '42501',
        });
      }
      const refused = who === null ? 401 : 403;
      expect((await rest(postgrest, who, `/${view}`, { method: 'POST', body: {} })).status).toBe(refused);
      expect((await rest(postgrest, who, `/${view}?id=not.is.null`, { method: 'DELETE' })).status).toBe(refused);
    }
  });
});
