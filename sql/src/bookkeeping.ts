import type { Client } from 'pg';
import { readSqlFiles, type SqlFile } from './files.ts';

/** The tables in which deploy remembers what it has done. Not a migration: migrations are remembered in one of them. */
const tables = `
  create schema if not exists deploy;
  comment on schema deploy is 'What deploy has applied. Nobody else reads or writes it.';
  create table if not exists deploy.repeatables (
    path text not null,
    kind text not null,
    checksum text not null,
    applied_at timestamptz not null default now(),
    constraint repeatables_pkey primary key (path),
    constraint repeatables_kind_check check (kind in ('role', 'repeatable'))
  );
  comment on table deploy.repeatables is 'The files of roles, functions, triggers, policies and api that the database was built from.';
  create table if not exists deploy.migration_checksums (
    name text not null,
    checksum text not null,
    constraint migration_checksums_pkey primary key (name)
  );
  comment on table deploy.migration_checksums is 'The migrations as they were when they were applied: a landed one is never edited.';`;

async function exists(client: Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ exists: boolean }>('select to_regclass($1) is not null as exists', [table]);
  return rows[0]?.exists === true;
}

/**
 * Becomes mm_owner for the rest of the session, who alone may read what deploy remembers.
 * @returns false when there is no such role yet.
 */
export async function becomeOwner(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ exists: boolean }>(`select to_regrole('mm_owner') is not null as exists`);
  if (rows[0]?.exists !== true) return false;
  await client.query('set role mm_owner');
  return true;
}

export async function applyBookkeeping(client: Client): Promise<void> {
  if (!(await exists(client, 'deploy.migration_checksums'))) await client.query(tables);
}

/** Path to checksum of the files that the database was built from; empty before the first deployment. */
export async function readRepeatables(client: Client, kind: 'role' | 'repeatable'): Promise<Map<string, string>> {
  if (!(await exists(client, 'deploy.repeatables'))) return new Map();
  const { rows } = await client.query<{ path: string; checksum: string }>(
    'select path, checksum from deploy.repeatables where kind = $1',
    [kind],
  );
  return new Map(rows.map((row) => [row.path, row.checksum]));
}

export async function rememberRepeatables(
  client: Client,
  kind: 'role' | 'repeatable',
  files: SqlFile[],
): Promise<void> {
  await client.query('delete from deploy.repeatables where kind = $1', [kind]);
  await client.query(
    `insert into deploy.repeatables (path, kind, checksum)
     select f.path, $1, f.checksum from unnest($2::text[], $3::text[]) f (path, checksum)`,
    [kind, files.map((file) => file.path), files.map((file) => file.checksum)],
  );
}

export type Migration = { name: string; file: SqlFile };

export function migrations(): Migration[] {
  return readSqlFiles('sql/migrations').map((file) => ({ name: file.path.replace(/^.*\/|\.sql$/g, ''), file }));
}

/** Names of the applied migrations, with the checksum of then where it is known. */
export async function readMigrations(client: Client): Promise<Map<string, string | undefined>> {
  if (!(await exists(client, 'deploy.migrations')) || !(await exists(client, 'deploy.migration_checksums')))
    return new Map();
  const { rows } = await client.query<{ name: string; checksum: string | null }>(
    'select m.name, c.checksum from deploy.migrations m left join deploy.migration_checksums c using (name)',
  );
  return new Map(rows.map((row) => [row.name, row.checksum ?? undefined]));
}

export async function rememberMigrations(client: Client): Promise<void> {
  const applied = await readMigrations(client);
  const fresh = migrations().filter(({ name }) => applied.has(name) && applied.get(name) === undefined);
  if (fresh.length === 0) return;
  await client.query(
    'insert into deploy.migration_checksums (name, checksum) select * from unnest($1::text[], $2::text[])',
    [fresh.map(({ name }) => name), fresh.map(({ file }) => file.checksum)],
  );
}
