import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';
import { askCells, differences } from './ask-sql.ts';
import { undeclared } from './catalogue.ts';
import { declaredFunctions, declaredObjects } from './declarations/index.ts';
import { type Cell, cellsOf } from './declare.ts';
import { apiDoor, type SqlDoor, sqlDoor } from './doors.ts';
import { installProbe } from './probe.ts';
import { arrangeConformanceWorld, type World } from './world.ts';

let database: TestDatabase;
let world: World;
let cells: Cell[];
const doors: SqlDoor[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  world = await arrangeConformanceWorld(database.admin);
  await installProbe(database.admin);
  cells = declaredObjects.flatMap((object) => cellsOf(object, world.relationsOf(object.rowsOf)));
  doors.push(sqlDoor(database.admin), apiDoor(database));
});
afterAll(async () => {
  await Promise.all(doors.map((door) => door.close()));
  await database?.close();
});

test('every object, column and function of the catalogue is declared, and every right is', async () => {
  expect(await undeclared(database.admin, declaredObjects, declaredFunctions)).toEqual([]);
});

test('every declared object has rows to try the cells on', () => {
  const without = declaredObjects.filter((object) => world.relationsOf(object.rowsOf).length === 0);
  expect(without.map((object) => object.name)).toEqual([]);
});

describe('role × relation × object × column × verb', () => {
  test.each(['sql', 'api'] as const)('%s answers every declared cell', async (name) => {
    const door = doors.find((one) => one.name === name);
    if (door === undefined) throw new Error(`There is no door ${name}.`);
    const seen = await askCells(door.as, cells, world);
    expect(seen).toHaveLength(cells.length);
    expect(differences(seen, name)).toEqual([]);
  });
});
