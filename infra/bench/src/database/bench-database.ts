import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomPassword, startPostgres } from '@mm/local';
import { deploy } from '@mm/sql';
import pg, { type Client } from 'pg';

/** A deployed database on a server of its own that keeps what it commits, as in production. */
export type BenchDatabase = {
  /** A new session of the superuser; ended with the database. */
  admin(): Promise<Client>;
  /** A new session of the api's login, mm_service; ended with the database. */
  service(): Promise<Client>;
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

/** Runs `work` on such a database and removes it. */
export async function withBenchDatabase<T>(work: (database: BenchDatabase) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mm-bench-pg-'));
  const postgres = await startPostgres({ dataDir, password: randomPassword(), settings });
  const sessions: Client[] = [];
  const open = async (connectionString: string, name: string) => {
    const client = new pg.Client({ connectionString, application_name: name });
    await client.connect();
    sessions.push(client);
    return client;
  };
  try {
    const servicePassword = randomPassword();
    await deploy({
      adminUrl: postgres.adminUrl,
      servicePassword,
      authenticatorPassword: randomPassword(),
      identity: { issuer: 'https://identity.bench', audience: 'bench', authorizedParties: [] },
    });
    const serviceUrl = new URL(postgres.adminUrl);
    serviceUrl.username = 'mm_service';
    serviceUrl.password = servicePassword;
    const database: BenchDatabase = {
      admin: () => open(postgres.adminUrl, 'mm-bench'),
      service: () => open(serviceUrl.href, 'mm-api'),
    };
    const admin = await database.admin();
    await admin.query(readFileSync(new URL('../../../../sql/seeds/personas.sql', import.meta.url), 'utf8'));
    return await work(database);
  } finally {
    await Promise.all(sessions.map((session) => session.end().catch(() => {})));
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
