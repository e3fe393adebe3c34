import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The Kysely types of a deployed database: the text of sql/generated/database.ts. */
export async function renderTypes(adminUrl: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mm-types-'));
  try {
    const outFile = join(folder, 'database.ts');
    const packageFile = createRequire(import.meta.url).resolve('kysely-codegen/package.json');
    await run(process.execPath, [
      join(dirname(packageFile), 'dist/cli/bin.js'),
      '--dialect=postgres',
      `--url=${adminUrl}`,
      '--include-pattern={api,app,audit,authz}.*',
      `--out-file=${outFile}`,
      '--log-level=error',
    ]);
    return readFileSync(outFile, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
