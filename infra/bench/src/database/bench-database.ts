import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomPassword, startPostgres } from '@mm/local';
import { deploy } from '@mm/sql';
import pg, { type Client } from 'pg';

/** A deployed database with the people of the seeds. */
export type BenchDatabase = {
  /** A new session of the superuser; ended with the server. */
  admin(): Promise<Client>;
  /** A new session of the api's login, mm_service; ended with the server. */
  service(): Promise<Client>;
  /** Connection string of mm_service, for programs of the product. */
  serviceUrl: string;
  /** Connection string of mm_authenticator, for PostgREST. */
  authenticatorUrl: string;
};

/** A server of its own that keeps what it commits, as in production. */
export type BenchServer = {
  deployDatabase(name: string): Promise<BenchDatabase>;
};

// Every commit reaches the disk. Memory as a small production server has it; no autovacuum or checkpoint in the middle of a measurement:
// the benches vacuum and analyse by themselves.
const settings = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '512MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '256MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '30min',
  random_page_cost: '1.1',
  autovacuum: 'off',
};

const endings = ['SIGINT', 'SIGTERM'] as const;

/** Runs `work` on such a server and removes it, also when the program is asked to end. */
export async function withBenchServer<T>(work: (server: BenchServer) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mm-bench-pg-'));
  const postgres = await startPostgres({ dataDir, password: randomPassword(), settings });
  const sessions: Client[] = [];
  const servicePassword = randomPassword();
  const authenticatorPassword = randomPassword();
  const urlOf = (database: string, login?: string) => {
    const url = new URL(postgres.adminUrl);
    url.pathname = `/${database}`;
    if (login !== undefined) {
      url.username = login;
      url.password = login === 'mm_authenticator' ? authenticatorPassword : servicePassword;
    }
    return url.href;
  };
  const open = async (name: string, database: string, login?: string) => {
    const client = new pg.Client({ connectionString: urlOf(database, login), application_name: name });
    client.on('error', () => {});
    await client.connect();
    sessions.push(client);
    return client;
  };
  const remove = async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  // The server is a process group of its own: nobody else would end it.
  const interrupted = () => {
    // Whoever works with it fails when it goes, and may end the program first.
    process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
    void postgres.stop().finally(() => process.exit(130));
  };
  for (const signal of endings) process.once(signal, interrupted);
  try {
    return await work({
      async deployDatabase(name) {
        const maintenance = await open('mm-bench', 'postgres');
        await maintenance.query(`create database ${pg.escapeIdentifier(name)}`);
        await deploy({
          adminUrl: urlOf(name),
          servicePassword,
          authenticatorPassword,
          identity: { issuer: 'https://identity.bench', audience: 'bench', authorizedParties: [] },
        });
        const database: BenchDatabase = {
          admin: () => open('mm-bench', name),
          service: () => open('mm-api', name, 'mm_service'),
          serviceUrl: urlOf(name, 'mm_service'),
          authenticatorUrl: urlOf(name, 'mm_authenticator'),
        };
        const admin = await database.admin();
        await admin.query(readFileSync(new URL('../../../../sql/seeds/personas.sql', import.meta.url), 'utf8'));
        return database;
      },
    });
  } finally {
    await Promise.all(sessions.map((session) => session.end().catch(() => {})));
    for (const signal of endings) process.off(signal, interrupted);
    await remove();
  }
}
