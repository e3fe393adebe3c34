import { createRequire } from 'node:module';
import type { Client } from 'pg';
import { getConstructionPlans, getMigrationPlans, type MigrationPartition } from 'pg-boss';

const schema = 'pgboss';

/** The schema version that the installed pg-boss works with, as its own programs know it. */
function wantedVersion(): number {
  const described: unknown = createRequire(import.meta.url)('pg-boss/package.json');
  if (typeof described === 'object' && described !== null && 'pgboss' in described) {
    const { pgboss } = described;
    if (typeof pgboss === 'object' && pgboss !== null && 'schema' in pgboss && typeof pgboss.schema === 'number') {
      return pgboss.schema;
    }
  }
  throw new Error('The installed pg-boss does not tell its schema version.');
}

/**
 * Brings the job queue's tables to the version of the installed pg-boss, by pg-boss's own plans, as mm_owner. The programs then run it
 * with `migrate: false`, as mm_service, which owns nothing there.
 * @returns whether anything was done.
 */
export async function applyJobQueue(client: Client): Promise<boolean> {
  const wanted = wantedVersion();
  const { rows } = await client.query<{ exists: boolean }>(
    `select to_regclass('${schema}.version') is not null as exists`,
  );
  if (rows[0]?.exists !== true) {
    await client.query(getConstructionPlans(schema, { createSchema: false }));
    return true;
  }
  const found = await client.query<{ version: number }>(`select version from ${schema}.version`);
  const present = found.rows[0]?.version ?? 0;
  if (present > wanted) {
    throw new Error(`The job queue's schema has version ${present}, newer than this program's pg-boss (${wanted}).`);
  }
  if (present === wanted) return false;
  const partitions = await client.query<MigrationPartition>(
    `select table_name as "tableName", policy from ${schema}.queue where partition`,
  );
  await client.query(getMigrationPlans(schema, present, { partitionTables: partitions.rows }));
  return true;
}
