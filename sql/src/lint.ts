import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './files.ts';
import { withScratchDatabase } from './scratch.ts';

export type Finding = { linter: string; text: string };

/**
 * Lints the migrations with squawk (sql/squawk.toml) and a freshly deployed database with the splinter rules
 * (sql/postgres-language-server.jsonc).
 * @returns what they found, in their own words; nothing when both are content.
 */
export async function lint(): Promise<Finding[]> {
  const findings = [await run('squawk', 'squawk-cli', ['--config', 'sql/squawk.toml', 'sql/migrations/*.sql'])];
  await withScratchDatabase(async (adminUrl) => {
    findings.push(
      await run('splinter', '@postgres-language-server/cli', [
        'dblint',
        '--error-on-warnings',
        '--colors=off',
        '--config-path=sql/postgres-language-server.jsonc',
        `--connection-string=${adminUrl}`,
      ]),
    );
  });
  return findings.filter((finding) => finding !== undefined);
}

/** Runs the program of a package from the root. @returns what it said when it exited with anything but 0. */
async function run(linter: string, packageName: string, parameters: string[]): Promise<Finding | undefined> {
  const { path, manifest } = describe(packageName);
  const [program] = Object.values(manifest.bin);
  if (program === undefined) throw new Error(`${packageName} has no program.`);
  return new Promise((resolve) => {
    execFile(process.execPath, [join(path, program), ...parameters], { cwd: root }, (error, stdout, stderr) => {
      resolve(error === null ? undefined : { linter, text: `${stdout}${stderr}`.trim() });
    });
  });
}

function describe(packageName: string): { path: string; manifest: { bin: Record<string, string> } } {
  const require = createRequire(import.meta.url);
  const file = require.resolve(`${packageName}/package.json`);
  return { path: dirname(file), manifest: require(file) };
}
