import type { Client } from 'pg';
import { readRepeatables, rememberRepeatables } from './bookkeeping.ts';
import { readSqlFile, readSqlFiles, type SqlFile } from './files.ts';
import { roleFiles } from './roles.ts';
import { runFile } from './run-file.ts';

/** Functions, triggers, policies and the `api` schema, in the order in which they build on each other. */
export function repeatableFiles(): SqlFile[] {
  return ['sql/functions', 'sql/triggers', 'policies', 'sql/api'].flatMap(readSqlFiles);
}

/** Whether what the database was built from differs from the files: one is new, changed or gone. */
export async function hasChanged(client: Client, kind: 'role' | 'repeatable', files: SqlFile[]): Promise<boolean> {
  const known = await readRepeatables(client, kind);
  return known.size !== files.length || files.some((file) => known.get(file.path) !== file.checksum);
}

/**
 * Rebuilds everything repeatable when any file of it is new, changed or gone: in one transaction, so that everybody else sees the rules
 * of before or the rules of after, and from nothing, so that what has left the repository leaves the database.
 * @returns whether anything was done.
 */
export async function applyRepeatables(client: Client): Promise<boolean> {
  const files = repeatableFiles();
  if (!(await hasChanged(client, 'repeatable', files)) && !(await hasChanged(client, 'role', roleFiles())))
    return false;
  await client.query('begin');
  try {
    // Functions of SQL name each other in any order; they are checked all together below.
    await client.query('set local check_function_bodies = off');
    await runFile(client, readSqlFile('sql/src/tear-down.sql'));
    for (const file of files) await runFile(client, file);
    await checkFunctionBodies(client);
    await rememberRepeatables(client, 'repeatable', files);
    await rememberRepeatables(client, 'role', roleFiles());
    await client.query(`notify pgrst, 'reload schema'`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  return true;
}

async function checkFunctionBodies(client: Client): Promise<void> {
  await client.query('set local check_function_bodies = on');
  const { rows } = await client.query<{ oid: number; name: string; validator: string }>(`
    select p.oid, p.oid::regprocedure::text as name, l.lanvalidator::regproc::text as validator
    from pg_catalog.pg_proc p
    join pg_catalog.pg_language l on l.oid = p.prolang and l.lanvalidator <> 0
    where p.pronamespace::regnamespace::text in ('api', 'app', 'authz', 'audit', 'jobs')`);
  for (const { oid, name, validator } of rows) {
    try {
      await client.query(`select ${validator}($1::oid)`, [oid]);
    } catch (error) {
      throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
}
