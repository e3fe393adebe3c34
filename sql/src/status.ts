import pg from 'pg';
import { becomeOwner, migrations, readMigrations, readRepeatables } from './bookkeeping.ts';
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
    await becomeOwner(client);
    const applied = await readMigrations(client);
    const known = new Map([
      ...(await readRepeatables(client, 'role')),
      ...(await readRepeatables(client, 'repeatable')),
    ]);
    const present = [...roleFiles(), ...repeatableFiles()];
    const paths = new Set(present.map((file) => file.path));
    return {
      pendingMigrations: migrations()
        .map(({ name }) => name)
        .filter((name) => !applied.has(name)),
      changed: present.filter((file) => known.get(file.path) !== file.checksum).map((file) => file.path),
      gone: [...known.keys()].filter((path) => !paths.has(path)),
    };
  } finally {
    await client.end();
  }
}
