import pg from 'pg';
import { applyBookkeeping, becomeOwner } from './bookkeeping.ts';
import { applyIdentityProvider, type IdentityProvider } from './identity-provider.ts';
import { applyJobQueue } from './job-queue.ts';
import { applyMigrations } from './migrations.ts';
import { applyRepeatables, hasChanged } from './repeatables.ts';
import { applyRoles, roleFiles, setPassword } from './roles.ts';

export type DeployOptions = {
  /** Connection string of a superuser, or of a role with CREATEROLE, BYPASSRLS and CREATE on the database. */
  adminUrl: string;
  identity: IdentityProvider;
  /** Password of mm_service, the login of api and worker. */
  servicePassword: string;
  /** Password of mm_authenticator, PostgREST's login. */
  authenticatorPassword: string;
};

export type Deployment = {
  /** Names of the migrations applied now. */
  migrations: string[];
  /** Whether functions, triggers, policies and the `api` schema were rebuilt. */
  repeatablesChanged: boolean;
};

/**
 * Brings a database to what the repository says: roles, migrations, the job queue's schema, functions, triggers, policies, the `api`
 * schema, and the identity provider. May be run at any time and by several at once; when there is nothing to do, nothing is written.
 * @throws Error that names the file at fault; the transaction of that step has been rolled back.
 */
export async function deploy(options: DeployOptions): Promise<Deployment> {
  const client = new pg.Client({ connectionString: options.adminUrl, application_name: 'mm-deploy' });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtextextended('mm.deploy', 0))`);
    // Rather fail than queue behind a long query, with every request queueing behind us.
    await client.query(`set lock_timeout = '15s'`);
    const haveRolesChanged = !(await becomeOwner(client)) || (await hasChanged(client, 'role', roleFiles()));
    await client.query('reset role');
    if (haveRolesChanged) await applyRoles(client);
    await setPassword(client, options.adminUrl, 'mm_service', options.servicePassword);
    await setPassword(client, options.adminUrl, 'mm_authenticator', options.authenticatorPassword);

    await becomeOwner(client);
    await applyBookkeeping(client);
    const migrations = await applyMigrations(client);
    await applyJobQueue(client);
    const repeatablesChanged = await applyRepeatables(client);
    await client.query('select app.ensure_months()');
    await applyIdentityProvider(client, options.identity);
    return { migrations, repeatablesChanged };
  } finally {
    // Ends the session, and with it the lock.
    await client.end();
  }
}
