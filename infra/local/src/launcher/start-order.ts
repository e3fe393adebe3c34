import { deploy } from '@mm/sql';
import { buildApp, isBuilt } from './app-build.ts';
import { REPOSITORY } from './config.ts';
import { postgresService, postgrestService } from './database-services.ts';
import { sqlFolders, watchFolders } from './folder-watch.ts';
import type { ProcessRegistry } from './process-registry.ts';
import {
  AUDIENCE,
  apiService,
  databaseUrl,
  identityService,
  mailboxService,
  muxService,
  type StackPlan,
  stackUrls,
  viteService,
  workerService,
} from './product-services.ts';
import { seedDatabase } from './seed-database.ts';
import type { Service } from './service.ts';
import { ensureSigningKey, type SigningKey } from './signing-key.ts';
import type { Supervisor } from './supervisor.ts';
import type { Terminal } from './terminal.ts';

export type BringUp = { plan: StackPlan; supervisor: Supervisor; registry: ProcessRegistry; terminal: Terminal };

/**
 * Starts the parts in the order in which they need one another, side by side where they do not: the database, the issuer,
 * the doubles and the builds first, then what stands on them.
 * @returns stops watching files, in development mode
 */
export async function bringUp(context: BringUp): Promise<() => void> {
  const { plan, supervisor, terminal } = context;
  const { folder, ports, secrets } = plan;
  const urls = stackUrls(ports);
  const start = (title: string, service: Service) => terminal.step(title, () => supervisor.start(service));

  const deployAll = async (): Promise<string> => {
    const adminUrl = databaseUrl(plan, 'postgres', secrets.postgresPassword);
    const { migrations, repeatablesChanged } = await deploy({
      adminUrl,
      identity: { issuer: urls.identity, audience: AUDIENCE, authorizedParties: [urls.app] },
      servicePassword: secrets.servicePassword,
      authenticatorPassword: secrets.authenticatorPassword,
    });
    await seedDatabase(adminUrl);
    return `${migrations.length} new migrations, functions and policies ${repeatablesChanged ? 'changed' : 'unchanged'}`;
  };

  const database = async (): Promise<void> => {
    const { postgres: dataDir } = folder;
    const password = secrets.postgresPassword;
    await start('PostgreSQL', postgresService({ dataDir, runFolder: folder.run, port: ports.postgres, password }));
    await terminal.step('database schema', deployAll, (done) => done);
  };
  const identity = async (): Promise<{ keys: object[] }> => {
    await start('identity issuer', identityService(plan));
    const answer = await fetch(`${urls.identity}/.well-known/jwks.json`);
    return (await answer.json()) as { keys: object[] };
  };
  const mux = async (): Promise<SigningKey> => {
    await start('Mux double', muxService(plan));
    const { muxTokenId: tokenId, muxTokenSecret: tokenSecret } = secrets;
    return ensureSigningKey(folder.secrets, { url: urls.mux, tokenId, tokenSecret });
  };

  const [jwks, signingKey] = await Promise.all([
    identity(),
    mux(),
    database(),
    start('mailbox', mailboxService(plan)),
    buildApps(context),
  ]);

  const authenticatorUrl = databaseUrl(plan, 'mm_authenticator', secrets.authenticatorPassword);
  const { postgrest: port, postgrestAdmin: adminPort } = ports;
  await Promise.all([
    start('PostgREST', postgrestService({ databaseUrl: authenticatorUrl, jwks, audience: AUDIENCE, port, adminPort })),
    start('api', apiService(plan, signingKey)),
    start('worker', workerService(plan, signingKey)),
    ...(plan.apps === 'dev'
      ? [
          start('admin’s dev server', viteService(plan, 'admin')),
          start('viewer’s dev server', viteService(plan, 'viewer')),
        ]
      : []),
  ]);

  if (plan.apps !== 'dev') return () => {};
  return watchFolders(sqlFolders(REPOSITORY), async () => {
    try {
      terminal.say(`  ✓ SQL applied again: ${await deployAll()}`);
    } catch (error) {
      terminal.say(`  ! SQL: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}

/** One after the other: each build uses every core. */
async function buildApps({ plan, supervisor, registry, terminal }: BringUp): Promise<void> {
  if (plan.apps !== 'built') return;
  for (const app of ['admin', 'viewer'] as const) {
    if (isBuilt(REPOSITORY, app)) continue;
    await terminal.step(`building the ${app} app`, (progress) => {
      const onSpawn = (pid: number): void => registry.add(`build of the ${app} app`, pid);
      return buildApp({ repository: REPOSITORY, app, progress, onSpawn, signal: supervisor.signal });
    });
  }
}
