import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomPassword, startPostgres } from '@mm/local';
import { deploy } from '@mm/sql';
import pg from 'pg';
import { identity } from './identity.ts';

/** What a test needs to make databases of its own on the shared cluster. Plain data: it travels to vitest's workers. */
export type ClusterFacts = {
  /** Superuser, database `postgres`. */
  adminUrl: string;
  /** A deployed database with the personas, to be copied. Nobody connects to it. */
  template: string;
  servicePassword: string;
  authenticatorPassword: string;
};

export type TestCluster = { facts: ClusterFacts; stop(): Promise<void> };

/** Many times what the databases that are there at one time and their log take, which is below 2 GB. */
const plentyOfBytes = 8 * 1024 ** 3;

/** Where a cluster goes that is thrown away: into memory, where there is plenty; each test's database is some 16 MB to be written. */
function folderForThrowAway(): string {
  try {
    const memory = '/dev/shm';
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize > plentyOfBytes && freemem() > plentyOfBytes) return memory;
  } catch {
    // No such thing on this system.
  }
  return tmpdir();
}

/**
 * Starts a PostgreSQL of its own with a deployed template database. Nothing of it survives, so nothing is synced to disk: only tests
 * may do that.
 */
export async function startTestCluster(): Promise<TestCluster> {
  const dataDir = mkdtempSync(join(folderForThrowAway(), 'mm-tests-'));
  const postgres = await startPostgres({
    dataDir,
    password: randomPassword(),
    settings: {
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'off',
      max_connections: '200',
      autovacuum: 'off',
      jit: 'off',
    },
  });
  const stop = async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const facts: ClusterFacts = {
      adminUrl: postgres.adminUrl,
      template: 'mm_template',
      servicePassword: randomPassword(),
      authenticatorPassword: randomPassword(),
    };
    await makeTemplate(facts);
    return { facts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The same cluster's connection string for another database, optionally as another login. */
export function urlOf(adminUrl: string, database: string, login?: { user: string; password: string }): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (login) {
    url.username = login.user;
    url.password = encodeURIComponent(login.password);
  }
  return url.href;
}

/** One statement on a connection of its own. */
export async function runOnce(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

async function makeTemplate(facts: ClusterFacts): Promise<void> {
  const { adminUrl, template, servicePassword, authenticatorPassword } = facts;
  await runOnce(adminUrl, `create database ${template}`);
  const templateUrl = urlOf(adminUrl, template);
  await deploy({ adminUrl: templateUrl, identity, servicePassword, authenticatorPassword });
  await runOnce(templateUrl, readFileSync(new URL('../../sql/seeds/personas.sql', import.meta.url), 'utf8'));
}
