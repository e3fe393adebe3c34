import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { inheritedEnvironment } from '../../src/launcher/config.ts';
import { markOf, signalProcess, waitUntilGone } from '../../src/launcher/process-table.ts';
import { programPath } from './processes.ts';

test('killing the head of a chain of runners ends the program at its foot', async () => {
  const runner = spawn(process.execPath, [programPath('runner')], {
    env: inheritedEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void runner.kill('SIGKILL'));
  const [line] = (await once(createInterface({ input: runner.stdout }), 'line')) as [string];
  const { pid, chain } = JSON.parse(line) as { pid: number; chain: number[] };
  const program = markOf(pid);
  if (!program) throw new Error('the program does not run');
  onTestFinished(() => signalProcess(program, 'SIGKILL'));
  // Up to and with the process that a person sees, and no further: not this test.
  expect(chain.at(-1)).toBe(runner.pid);
  expect(chain).toHaveLength(2);
  runner.kill('SIGKILL');
  expect(await waitUntilGone([program], 20_000)).toEqual([]);
});
