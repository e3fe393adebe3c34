import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { endProcesses, readRunning } from '../../src/launcher/process-registry.ts';
import { waitUntilGone } from '../../src/launcher/process-table.ts';
import { startProgram, temporaryFolder } from './processes.ts';

test('when the launcher is killed, the guard ends what it had started, also what ignores SIGTERM', async () => {
  const folder = temporaryFolder();
  const owner = await startProgram('owner', [folder]);
  const records = readRunning(join(folder, 'processes.json'));
  expect(records.map(({ name }) => name).sort()).toEqual(['steady', 'stubborn']);
  // Not even the data folder is needed: somebody may have deleted it.
  rmSync(folder, { recursive: true });
  owner.kill('SIGKILL');
  await owner.exited;
  expect(await waitUntilGone(records, 10_000)).toEqual([]);
});

test('the next start ends what is still noted, and forgets what is gone', async () => {
  const folder = temporaryFolder();
  const owner = await startProgram('owner', [folder]);
  const path = join(folder, 'processes.json');
  const records = readRunning(path);
  expect(await endProcesses(records, 300)).toEqual([]);
  expect(readRunning(path)).toEqual([]);
  owner.kill('SIGKILL');
});
