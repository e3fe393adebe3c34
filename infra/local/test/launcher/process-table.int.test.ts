import { expect, test } from 'vitest';
import { isRunning, markOf, signalProcess, waitUntilGone } from '../../src/launcher/process-table.ts';
import { startProgram } from './processes.ts';

test('a process is recognised while it runs, and not after', async () => {
  const program = await startProgram('steady');
  const mark = markOf(program.pid);
  if (!mark) throw new Error('no mark');
  expect(isRunning(mark)).toBe(true);
  program.kill('SIGKILL');
  expect(await waitUntilGone([mark], 5_000)).toEqual([]);
  expect(markOf(program.pid)).toBeUndefined();
});

test('a process that only has the number of another is left alone', async () => {
  const program = await startProgram('steady');
  const stranger = { pid: program.pid, startedAt: 'some earlier time' };
  expect(isRunning(stranger)).toBe(false);
  signalProcess(stranger, 'SIGKILL');
  signalProcess(stranger, 'SIGKILL', true);
  const mark = markOf(program.pid);
  expect(mark && isRunning(mark)).toBe(true);
});

test('two processes started one after the other have different marks', async () => {
  const [first, second] = [await startProgram('steady'), await startProgram('steady')];
  expect(markOf(first.pid)).not.toEqual(markOf(second.pid));
});
