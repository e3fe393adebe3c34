import type { Pool } from 'pg';
import { type CallerRole, withCaller, withService } from '../../api/src/db/caller.ts';
import { type Database, openDatabase } from '../../api/src/db/database.ts';
import { type Claims, claimsOf, type TestDatabase } from '../src/index.ts';
import type { Role } from './declare.ts';
import type { Answer, Ask } from './probe.ts';
import { personOf } from './world.ts';

/** A way to the database, on which statements of SQL can be run as a role. */
export type SqlDoor = { name: 'sql' | 'api'; as(role: Role): Ask; close(): Promise<void> };

/** The claims of the person who asks for a role; null where there is no person. */
export function claimsFor(role: Role): Claims | null {
  const person = personOf[role];
  return person === null ? null : claimsOf(person);
}

/** A person with psql who takes a role: another login than the programs have, and the same rules. */
export function sqlDoor(pool: Pool): SqlDoor {
  return {
    name: 'sql',
    close: async () => undefined,
    as: (role) => async (statements) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query(`select set_config('role', $1, true), set_config('request.jwt.claims', $2, true)`, [
          role,
          JSON.stringify(claimsFor(role) ?? ''),
        ]);
        if (role !== 'mm_service') await client.query('select authz.check_request()');
        const { rows } = await client.query<{ answers: Answer[] }>('select probe.run($1) as answers', [statements]);
        return rows[0]?.answers ?? [];
      } finally {
        await client.query('rollback');
        client.release();
      }
    },
  };
}

const facts = { requestId: 'conformance', userAgent: undefined };

/** The api's own connection and its own caller transaction (api/src/db). */
export function apiDoor(database: TestDatabase): SqlDoor {
  const opened: Database = openDatabase({
    url: database.serviceUrl,
    poolMax: 2,
    applicationName: 'mm-api',
    onConnectionError: () => undefined,
  });
  type Transaction = Parameters<Parameters<typeof withService<Answer[]>>[2]>[0];
  const run = async (transaction: Transaction, statements: readonly string[]): Promise<Answer[]> => {
    const { answers } = await transaction
      .selectNoFrom((eb) => eb.fn<Answer[]>('probe.run', [eb.val([...statements])]).as('answers'))
      .executeTakeFirstOrThrow();
    return answers;
  };
  return {
    name: 'api',
    close: () => opened.close(),
    as: (role) => (statements) => {
      const claims = claimsFor(role);
      if (claims !== null) {
        const caller = { role: role as CallerRole, claims };
        return withCaller(opened, caller, facts, (transaction) => run(transaction, statements));
      }
      return withService(opened, facts, async (transaction) => {
        // The api asks nothing as nobody; its login could.
        if (role === 'mm_anon') {
          await transaction
            .selectNoFrom((eb) => eb.fn('set_config', [eb.val('role'), eb.val(role), eb.val(true)]).as('role'))
            .execute();
        }
        return run(transaction, statements);
      });
    },
  };
}
