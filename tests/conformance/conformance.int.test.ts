import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';
import { declaredObjects } from './declarations/index.ts';
import {
  askDoor,
  askRest,
  askRestCells,
  askRules,
  type Conformance,
  findUndeclared,
  prepareConformance,
  withSqlDoors,
} from './run.ts';

let database: TestDatabase;
let conformance: Conformance;

beforeAll(async () => {
  database = await createTestDatabase();
  conformance = await prepareConformance(database);
});
afterAll(() => database?.close());

test('every object, column and function of the catalogue is declared, and every right is', async () => {
  expect(await findUndeclared(conformance)).toEqual([]);
});

test('a new table, column, function or right is noticed', async () => {
  const client = await database.admin.connect();
  try {
    await client.query(`
      create table app.novelty (id uuid);
      alter table app.videos add column novelty text;
      create function app.novelty() returns int language sql return 1;
      grant update (status) on app.videos to mm_coach;
      grant truncate on app.videos to mm_admin`);
    expect(await findUndeclared(conformance)).toEqual(
      expect.arrayContaining([
        'column app.novelty.id is not declared',
        'column app.videos.novelty is not declared',
        'function app.novelty() is not declared',
        'right: mm_coach may update app.videos.status is not declared',
        'right: mm_admin may truncate app.videos is not declared',
      ]),
    );
  } finally {
    await client.query(`
      drop table app.novelty; drop function app.novelty; alter table app.videos drop column novelty;
      revoke update (status) on app.videos from mm_coach; revoke truncate on app.videos from mm_admin`);
    client.release();
  }
});

test('every declared object has rows to try the cells on', () => {
  const without = declaredObjects.filter((object) => conformance.world.relationsOf(object.rowsOf).length === 0);
  expect(without.map((object) => object.name)).toEqual([]);
});

test('what constraints, triggers and functions refuse, and what the policies allow without the grants, is as declared', async () => {
  expect(await askRules(conformance)).toEqual([]);
});

describe('every declared cell, function and call on a row is answered as declared', () => {
  test('by psql and by the api’s own connection', async () => {
    const wrong = await withSqlDoors(database, (door) => askDoor(conformance, door));
    expect(wrong).toEqual([[], []]);
  });

  test('and a weakened rule is noticed at every door', async () => {
    const videos = conformance.cells.filter((cell) => cell.object.name === 'api.videos' && cell.column === 'title');
    const narrowed = { ...conformance, cells: videos };
    await database.admin.query('alter view api.videos reset (security_invoker)');
    const postgrest = await database.startPostgrest();
    try {
      const read = (door: string) => `${door}: mm_coach select other api.videos.title: declared hidden, seen allowed`;
      const [sql, api] = await withSqlDoors(database, (door) => askDoor(narrowed, door));
      expect(sql).toContain(read('sql'));
      expect(api).toContain(read('api'));
      expect(await askRestCells(narrowed, postgrest)).toContain(read('rest'));
    } finally {
      await postgrest.close();
      await database.admin.query('alter view api.videos set (security_invoker = true)');
    }
  });

  test('by PostgREST', { timeout: 120_000 }, async () => {
    expect(await askRest(conformance)).toEqual([]);
  });
});
