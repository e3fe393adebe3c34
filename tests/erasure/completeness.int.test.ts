import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrangeConformanceWorld } from '../conformance/world.ts';
import { profileOf } from '../src/arrange.ts';
import { createTestDatabase, personas, type TestDatabase } from '../src/index.ts';
import { act, eraseCompletely, helen } from './carry-out.ts';
import { namedRows } from './named-rows.ts';

type Tie = { table_name: string; tie: string };
type Column = { table_name: string; column_name: string; erasure: string };

let database: TestDatabase;
let amelia: string;
let ties: Tie[];
let personal: Column[];
let ownBefore: Map<string, number>;
let othersBefore: Map<string, unknown[]>;

/** Rows of a table that are not this person's, without what the database notes about itself. */
async function rowsOfOthers({ table_name, tie }: Tie): Promise<unknown[]> {
  const { rows } = await database.admin.query<{ row: unknown }>(
    `select to_jsonb(t) as row from ${table_name} t where (${tie}) is not true order by to_jsonb(t)::text`,
    [amelia],
  );
  return rows.map(({ row }) => row);
}

/** The erasure of Amelia in a world in which everybody has a row of every table, whichever tables there are. */
beforeAll(async () => {
  database = await createTestDatabase();
  const world = await arrangeConformanceWorld(database.admin);
  amelia = await profileOf(database, personas.amelia.subject);
  ties = (await database.admin.query<Tie>('select * from app.personal_ties() order by 1')).rows;
  personal = (
    await database.admin.query<Column>(
      `select schema_name || '.' || table_name as table_name, column_name, erasure from api.data_catalogue
       where class = 'personal' order by 1, 2`,
    )
  ).rows;
  const request = world.keyOf('app.erasure_requests', 'own', 'mm_coach');
  // The world has steps, a receipt and an erased subject of everybody already; hers are to be made by what is tested.
  await database.admin.query(`set session_replication_role = 'replica';
    delete from app.erasure_steps where request_id = '${request}'; delete from app.erasure_receipts where request_id = '${request}';
    delete from app.erased_subjects where request_id = '${request}'; reset session_replication_role`);
  for (const statement of namedRows) await database.admin.query(statement, [amelia]);
  await act(database, helen(), 'select * from api.lift_hold($1, $2)', [
    world.keyOf('app.legal_holds', 'own', 'mm_coach'),
    'Case closed',
  ]);
  await act(database, helen(), 'select * from api.approve_erasure($1, $2)', [request, 'Identity checked']);
  ownBefore = new Map();
  othersBefore = new Map();
  for (const { table_name, tie } of ties) {
    const { rowCount } = await database.admin.query(`select from ${table_name} t where ${tie}`, [amelia]);
    ownBefore.set(table_name, rowCount ?? 0);
    othersBefore.set(table_name, await rowsOfOthers({ table_name, tie }));
  }
  await eraseCompletely(database, request);
});
afterAll(() => database?.close());

describe('an erasure covers every personal column of every table', () => {
  test('the person had a row of every table that is erased from, and so had others', () => {
    for (const { table_name } of personal) {
      expect(
        ownBefore.get(table_name),
        `Amelia has no row of ${table_name}: arrange one in named-rows.ts`,
      ).toBeGreaterThan(0);
      expect(othersBefore.get(table_name), table_name).not.toEqual([]);
    }
  });

  test('afterwards each column is as its class says', async () => {
    const left: string[] = [];
    for (const { table_name, column_name, erasure } of personal) {
      const tie = ties.find((one) => one.table_name === table_name)?.tie;
      const { rows } = await database.admin.query<{ value: unknown }>(
        `select t.${column_name} as value from ${table_name} t where ${tie}`,
        [amelia],
      );
      const isErased = (value: unknown): boolean => {
        if (erasure === 'clear') return value === null;
        if (erasure === 'replace') return value === null || value === '[erased]' || value === `[erased] ${amelia}`;
        return erasure !== 'delete';
      };
      left.push(
        ...rows.filter(({ value }) => !isErased(value)).map(({ value }) => `${table_name}.${column_name}: ${value}`),
      );
    }
    expect(left).toEqual([]);
  });

  test('nobody else loses or changes a row of any table with personal data', async () => {
    for (const tie of ties) {
      const rows = await rowsOfOthers(tie);
      const before = othersBefore.get(tie.table_name) ?? [];
      // What is only ever added to keeps its rows; some of them are the person's no longer, once nobody knows who that was.
      const isKept = personal.every(
        ({ table_name, erasure }) => table_name !== tie.table_name || erasure === 'keep' || erasure === 'expire',
      );
      if (isKept || tie.table_name === 'audit.disclosures') expect(rows).toEqual(expect.arrayContaining(before));
      else expect(rows, tie.table_name).toEqual(before);
    }
  });

  test('erasing every column once more changes nothing', async () => {
    for (const { table_name, column_name, erasure } of personal) {
      if (erasure === 'keep' || erasure === 'expire') continue;
      const { rows } = await database.admin.query<{ evidence: unknown }>(
        'select app.erase_column($1, $2, $3, $4) as evidence',
        [amelia, table_name, column_name, erasure],
      );
      expect(rows[0]?.evidence, `${table_name}.${column_name}`).toMatchObject({ changed: 0, remaining: 0 });
    }
  });

  test('each step of a column has the query that proves it, and what is kept says how much and why', async () => {
    const { rows } = await database.admin.query<{ action: string; state: string; evidence: Record<string, unknown> }>(
      `select action, state, evidence from app.erasure_steps where profile_id = $1 and column_name is not null`,
      [amelia],
    );
    expect(rows).toHaveLength(personal.length);
    for (const { action, state, evidence } of rows) {
      const isKept = action === 'keep' || action === 'expire';
      expect(state).toBe(isKept ? 'kept' : 'done');
      expect(evidence).toMatchObject(
        isKept ? { rows: expect.any(Number), why: expect.any(String) } : { check: expect.any(String), remaining: 0 },
      );
    }
  });
});
