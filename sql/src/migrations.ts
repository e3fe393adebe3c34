import { join } from 'node:path';
import { runner } from 'node-pg-migrate';
import type { Client } from 'pg';
import { migrations, readMigrations, rememberMigrations } from './bookkeeping.ts';
import { root } from './files.ts';

/**
 * Applies the migrations that the database has not seen, as mm_owner, all in one transaction.
 * @param count at most so many; all when left out.
 * @returns the names of those applied, in order.
 * @throws Error when one that was applied has been edited since: what it says is then not what the database is.
 */
export async function applyMigrations(client: Client, count?: number): Promise<string[]> {
  const applied = await readMigrations(client);
  const edited = migrations().filter(({ name, file }) => (applied.get(name) ?? file.checksum) !== file.checksum);
  if (edited.length > 0) {
    const names = edited.map(({ name }) => name).join(', ');
    throw new Error(`A migration that has landed is never edited; restore it and write another: ${names}.`);
  }
  const run = await runner({
    dbClient: client,
    dir: join(root, 'sql/migrations'),
    migrationsSchema: 'deploy',
    migrationsTable: 'migrations',
    direction: 'up',
    ...(count === undefined ? {} : { count }),
    checkOrder: true,
    singleTransaction: true,
    // deploy holds a lock of its own around everything.
    noLock: true,
    logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  });
  await rememberMigrations(client);
  return run.map((migration) => migration.name);
}
