import { join } from 'node:path';
import { runner } from 'node-pg-migrate';
import type { Client } from 'pg';
import { root } from './files.ts';

/**
 * Applies the migrations that the database has not seen, as mm_owner, all in one transaction.
 * @returns the names of those applied, in order.
 */
export async function applyMigrations(client: Client): Promise<string[]> {
  const applied = await runner({
    dbClient: client,
    dir: join(root, 'sql/migrations'),
    migrationsSchema: 'deploy',
    migrationsTable: 'migrations',
    direction: 'up',
    checkOrder: true,
    singleTransaction: true,
    // deploy holds a lock of its own around everything.
    noLock: true,
    logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  });
  return applied.map((migration) => migration.name);
}
