import type { ClientBase } from 'pg';
import { askCalls, askFunctions, expandCalls } from '../conformance/ask-functions.ts';
import { askRole, differences } from '../conformance/ask-sql.ts';
import { undeclared } from '../conformance/catalogue.ts';
import {
  declaredCalls,
  declaredFunctions,
  declaredObjects,
  declaredScenarios,
  declaredTables,
} from '../conformance/declarations/index.ts';
import { cellsOf, type DeclaredObject, roles } from '../conformance/declare.ts';
import { askPoliciesAlone } from '../conformance/layers.ts';
import { askScenarios } from '../conformance/scenario.ts';
import { inTransaction } from '../conformance/session.ts';
import type { World } from '../conformance/world.ts';
import { catalogueRules } from '../schema/rules.ts';

/** A part of the suite, in the order in which the parts are tried. `behaviour` asks, `catalogue` reads definitions. */
export type Check = {
  name: string;
  by: 'behaviour' | 'catalogue';
  /** The objects that it is about; a mutant of one of them meets it first. */
  about: readonly string[];
  run(client: ClientBase): Promise<string[]>;
};

function cellsCheck(object: DeclaredObject, world: World): Check {
  const cells = cellsOf(object, world.relationsOf(object.rowsOf));
  return {
    name: `cells of ${object.name}`,
    by: 'behaviour',
    about: [object.name, object.rowsOf],
    async run(client) {
      const as = inTransaction(client);
      // Role by role: the first difference is enough.
      for (const role of roles) {
        const own = cells.filter((cell) => cell.role === role);
        const wrong = differences(await askRole(as(role), own, world), 'sql');
        if (wrong.length > 0) return wrong;
      }
      return [];
    },
  };
}

/** The fast part of the suite: all that runs on one connection, inside one transaction. */
export function fastSuite(world: World): Check[] {
  const calls = expandCalls(declaredCalls, world);
  const signatures = declaredFunctions.map(({ signature }) => signature);
  return [
    ...declaredObjects.map((object) => cellsCheck(object, world)),
    {
      name: 'policies alone',
      by: 'behaviour',
      about: declaredTables.map(({ name }) => name),
      run: (client) => askPoliciesAlone(client, declaredTables, world),
    },
    {
      name: 'functions',
      by: 'behaviour',
      about: signatures,
      run: (client) => askFunctions(inTransaction(client), declaredFunctions, 'sql'),
    },
    {
      name: 'calls on rows',
      by: 'behaviour',
      about: signatures,
      run: (client) => askCalls(inTransaction(client), calls, 'sql'),
    },
    {
      name: 'refusals, guards and constraints',
      by: 'behaviour',
      about: [...signatures, ...declaredTables.map(({ name }) => name)],
      run: (client) => askScenarios(inTransaction(client), declaredScenarios, world),
    },
    {
      name: 'declarations and catalogue',
      by: 'catalogue',
      about: [],
      run: (client) => undeclared(client, declaredObjects, declaredFunctions),
    },
    ...catalogueRules.map(
      ({ title, query }): Check => ({
        name: title,
        by: 'catalogue',
        about: [],
        run: async (client) => (await client.query<{ offender: string }>(query)).rows.map((row) => row.offender),
      }),
    ),
  ];
}
