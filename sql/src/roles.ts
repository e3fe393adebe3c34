import pg, { type Client } from 'pg';
import { readSqlFile, readSqlFiles, type SqlFile } from './files.ts';
import { runFile } from './run-file.ts';

const databaseFile = 'sql/roles/04_database.sql';

/** Roles belong to the cluster, so they are made as whoever deploys, before anything is done as their owner. */
export function roleFiles(): SqlFile[] {
  return readSqlFiles('sql/roles');
}

export async function applyRoles(client: Client): Promise<void> {
  await client.query('begin');
  try {
    for (const file of roleFiles()) await runFile(client, file);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/**
 * Grants on the database itself: who may connect. PostgreSQL does not copy them when it makes a database from a template, so a copy
 * needs this once, as an administrator.
 */
export async function prepareDatabase(client: Client): Promise<void> {
  await runFile(client, readSqlFile(databaseFile));
}

/**
 * Gives a login its password, unless it can log in with it already: then nothing is written.
 * @param url connection string of the administrator; host, port and database are taken from it.
 * @returns whether the password was changed.
 */
export async function setPassword(client: Client, url: string, role: string, password: string): Promise<boolean> {
  if (await canLogIn(url, role, password)) return false;
  await client.query(`alter role ${pg.escapeIdentifier(role)} password ${pg.escapeLiteral(password)}`);
  return true;
}

async function canLogIn(url: string, role: string, password: string): Promise<boolean> {
  const connectionString = new URL(url);
  connectionString.username = role;
  connectionString.password = encodeURIComponent(password);
  const client = new pg.Client({ connectionString: connectionString.href, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch (error) {
    // 28P01, 28000: wrong or no password. Anything else is a reason to stop.
    if (error instanceof pg.DatabaseError && error.code?.startsWith('28')) return false;
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}
