import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { randomPassword, startPostgres } from '@mm/local';
import { deploy } from './deploy.ts';
import { root } from './files.ts';

const run = promisify(execFile);

/** The committed file that `@mm/sql/types` is. */
export const typesFile = join(root, 'sql/generated/database.ts');

/** Deploys to a scratch PostgreSQL and writes the Kysely types of what is there to `outFile`. */
async function generate(outFile: string): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mm-types-'));
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
      identity: { issuer: 'https://types.invalid', audience: 'types', authorizedParties: [] },
    });
    const packageFile = createRequire(import.meta.url).resolve('kysely-codegen/package.json');
    await run(process.execPath, [
      join(dirname(packageFile), 'dist/cli/bin.js'),
      '--dialect=postgres',
      `--url=${postgres.adminUrl}`,
      '--include-pattern={api,app,audit,authz}.*',
      `--out-file=${outFile}`,
      '--log-level=error',
    ]);
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Writes the committed types anew. */
export function writeTypes(): Promise<void> {
  return generate(typesFile);
}

/** Whether the committed types are those of the database that the repository makes. */
export async function areTypesCurrent(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'mm-types-out-'));
  try {
    const outFile = join(folder, 'database.ts');
    await generate(outFile);
    return readFileSync(outFile, 'utf8') === readFileSync(typesFile, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
