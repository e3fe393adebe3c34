import pg from 'pg';
import type { SqlFile } from './files.ts';
import { readSqlFiles } from './files.ts';
import { repeatableFiles } from './repeatables.ts';
import { roleFiles } from './roles.ts';

export type Status = {
  /** Migrations that the next deployment would apply, in order. */
  pendingMigrations: string[];
  /** Files of roles, functions, triggers, policies and api that are new or changed since the last deployment. */
  changed: string[];
  /** Files that the database was built from and that are gone. */
  gone: string[];
};

/** Compares a database with the repository and writes nothing. */
export async function readStatus(adminUrl: string): Promise<Status> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'mm-deploy-status' });
  await client.connect();
  try {
    const { rows } = await client.query<{ exists: boolean }>(
      `select to_regclass('deploy.repeatables') is not null and to_regclass('deploy.migrations') is not null as exists`,
    );
    const isDeployed = rows[0]?.exists === true;
    const migrations = isDeployed
      ? await client.query<{ name: string }>('select name from deploy.migrations')
      : { rows: [] };
    const files = isDeployed
      ? await client.query<{ path: string; checksum: string }>('select path, checksum from deploy.repeatables')
      : { rows: [] };
    return compare(
      new Set(migrations.rows.map((row) => row.name)),
      new Map(files.rows.map((row) => [row.path, row.checksum])),
    );
  } finally {
    await client.end();
  }
}

function compare(applied: Set<string>, known: Map<string, string>): Status {
  const present: SqlFile[] = [...roleFiles(), ...repeatableFiles()];
  const paths = new Set(present.map((file) => file.path));
  return {
    pendingMigrations: readSqlFiles('sql/migrations')
      .map((file) => file.path.replace(/^.*\/|\.sql$/g, ''))
      .filter((name) => !applied.has(name)),
    changed: present.filter((file) => known.get(file.path) !== file.checksum).map((file) => file.path),
    gone: [...known.keys()].filter((path) => !paths.has(path)),
  };
}
