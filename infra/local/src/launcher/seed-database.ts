import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { REPOSITORY } from './config.ts';

/**
 * Runs the seeds of a development database, sql/seeds/*.sql in order of their names, in one transaction. They are written to
 * be run again: a second time changes nothing.
 * @throws Error naming the file whose SQL failed
 */
export async function seedDatabase(adminUrl: string): Promise<void> {
  const folder = join(REPOSITORY, 'sql', 'seeds');
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('begin');
    for (const file of files) {
      try {
        await client.query(readFileSync(join(folder, file), 'utf8'));
      } catch (cause) {
        throw new Error(`sql/seeds/${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
      }
    }
    await client.query('commit');
  } finally {
    await client.end();
  }
}
