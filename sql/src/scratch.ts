import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomPassword, startPostgres } from '@mm/local';
import { deploy } from './deploy.ts';

/** Runs `work` on a PostgreSQL of its own that holds what the repository makes, and removes it. */
export async function withScratchDatabase<T>(work: (adminUrl: string) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mm-scratch-'));
  const postgres = await startPostgres({
    dataDir,
    password: randomPassword(),
    settings: { fsync: 'off', synchronous_commit: 'off' },
  });
  try {
    await deploy({
      adminUrl: postgres.adminUrl,
      servicePassword: randomPassword(),
      authenticatorPassword: randomPassword(),
      identity: { issuer: 'https://scratch.invalid', audience: 'scratch', authorizedParties: [] },
    });
    return await work(postgres.adminUrl);
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
