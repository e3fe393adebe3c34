import type { TestDatabase, TestPostgrest } from '../src/index.ts';
import { askCalls, askCallsByRest, askFunctions, askFunctionsByRest, expandCalls } from './ask-functions.ts';
import { askCellsByRest, expectedByRest } from './ask-rest.ts';
import { askCells, describeDifference, differences } from './ask-sql.ts';
import { undeclared } from './catalogue.ts';
import {
  declaredCalls,
  declaredFunctions,
  declaredObjects,
  declaredScenarios,
  declaredTables,
} from './declarations/index.ts';
import { type Cell, cellsOf, roles } from './declare.ts';
import { apiDoor, type SqlDoor, sqlDoor } from './doors.ts';
import { askPoliciesAlone } from './layers.ts';
import { installProbe } from './probe.ts';
import { askScenarios } from './scenario.ts';
import { inTransaction } from './session.ts';
import { arrangeConformanceWorld, type World } from './world.ts';

/** A database in which every cell can be asked. */
export type Conformance = { database: TestDatabase; world: World; cells: Cell[] };

/** Arranges the rows and the probe in a fresh copy of the template. */
export async function prepareConformance(database: TestDatabase): Promise<Conformance> {
  const world = await arrangeConformanceWorld(database.admin);
  await installProbe(database.admin);
  const cells = declaredObjects.flatMap((object) => cellsOf(object, world.relationsOf(object.rowsOf)));
  return { database, world, cells };
}

/** What the catalogue has and nobody declared, and what is declared and does not exist. */
export function findUndeclared({ database }: Conformance): Promise<string[]> {
  return undeclared(database.admin, declaredObjects, declaredFunctions);
}

/** Differences between the declarations and what a door of SQL answers: cells, functions, and calls on rows. */
export async function askDoor({ world, cells }: Conformance, door: SqlDoor): Promise<string[]> {
  return [
    ...differences(await askCells(door.as, cells, world), door.name),
    ...(await askFunctions(door.as, declaredFunctions, door.name)),
    ...(await askCalls(door.as, expandCalls(declaredCalls, world), door.name)),
  ];
}

/** What does not depend on the door: constraints, triggers, refusals, the check of claims; and the policies without the grants. */
export async function askRules({ database, world }: Conformance): Promise<string[]> {
  const client = await database.admin.connect();
  try {
    await client.query('begin');
    return [
      ...(await askScenarios(inTransaction(client), declaredScenarios, world)),
      ...(await askPoliciesAlone(client, declaredTables, world)),
    ];
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/** The cells over HTTP: one line for each that was not answered as declared. */
export async function askRestCells(
  { database, world, cells }: Conformance,
  postgrest: TestPostgrest,
): Promise<string[]> {
  const seen = await askCellsByRest(database, postgrest, cells, world);
  return seen.filter(({ cell, seen }) => seen !== expectedByRest(cell)).map((one) => describeDifference(one, 'rest'));
}

/** Everything over HTTP. Comes last: its calls change rows for good. */
export async function askRest(conformance: Conformance): Promise<string[]> {
  const { database, world } = conformance;
  const postgrest = await database.startPostgrest();
  try {
    return [
      ...(await askRestCells(conformance, postgrest)),
      ...(await askFunctionsByRest(database, postgrest, declaredFunctions)),
      ...(await askCallsByRest(postgrest, expandCalls(declaredCalls, world))),
    ];
  } finally {
    await postgrest.close();
  }
}

/** Runs `work` with each of the two doors of SQL. */
export async function withSqlDoors<T>(database: TestDatabase, work: (door: SqlDoor) => Promise<T>): Promise<T[]> {
  const doors = [sqlDoor(database.admin), apiDoor(database)];
  try {
    const results: T[] = [];
    for (const door of doors) results.push(await work(door));
    return results;
  } finally {
    await Promise.all(doors.map((door) => door.close()));
  }
}

export type Report = { cells: number; covered: number; undeclared: number; differences: string[] };

/**
 * Everything, through every door. A cell is covered when each door was asked and gave the declared answer; calls, functions and
 * what is refused count as cells of their own.
 */
export async function runConformance(conformance: Conformance): Promise<Report> {
  const calls = expandCalls(declaredCalls, conformance.world);
  const cells =
    conformance.cells.length + declaredFunctions.length * roles.length + calls.length + declaredScenarios.length;
  const unknown = await findUndeclared(conformance);
  const bySql = await withSqlDoors(conformance.database, (door) => askDoor(conformance, door));
  const wrong = [...bySql.flat(), ...(await askRules(conformance)), ...(await askRest(conformance))];
  // The same cell may be wrong at several doors.
  const wrongCells = new Set(wrong.map((line) => line.slice(line.indexOf(':')).replace(/: declared .*$/, '')));
  return {
    cells,
    covered: cells - wrongCells.size,
    undeclared: unknown.length,
    differences: [...unknown, ...wrong],
  };
}
