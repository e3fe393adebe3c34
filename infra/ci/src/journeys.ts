import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { faultsOf, readJourneys, testsOf } from './journey-table.ts';

/** Holds the table of critical journeys (TS-04, TS-05) to the browser tests that there are. */
const root = new URL('../../../', import.meta.url);
const table = readFileSync(new URL('docs/playbook/testing/e2e-critical-journeys.md', root), 'utf8');
const listed = spawnSync(
  process.execPath,
  ['node_modules/@playwright/test/cli.js', 'test', '--config', 'playwright.config.ts', '--list', '--reporter=json'],
  { cwd: fileURLToPath(new URL('e2e', root)), encoding: 'utf8', maxBuffer: 64 * 1_048_576 },
);
if (listed.status !== 0) {
  const { errors = [] }: { errors?: { message: string }[] } = JSON.parse(listed.stdout || '{}');
  process.stderr.write(`The browser tests cannot be listed: ${errors[0]?.message ?? listed.stderr}\n`);
  process.exit(1);
}

const journeys = readJourneys(table);
const faults = faultsOf(journeys, testsOf(JSON.parse(listed.stdout)));
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stdout.write(`${journeys.length} critical journeys, each walked by a browser test\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
