import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { nodeService } from '../../src/launcher/node-service.ts';
import { ProcessRegistry, readRunning } from '../../src/launcher/process-registry.ts';
import { isRunning, markOf } from '../../src/launcher/process-table.ts';
import { Supervisor } from '../../src/launcher/supervisor.ts';
import { programPath, temporaryFolder } from './processes.ts';

function supervise(program: string, settings: { readyWithinMs?: number; isReady?: () => Promise<boolean> } = {}) {
  const folder = temporaryFolder();
  const lines: string[] = [];
  const registerFile = join(folder, 'processes.json');
  const supervisor = new Supervisor({
    logFolder: folder,
    registry: new ProcessRegistry(registerFile),
    say: (line) => lines.push(line),
    firstDelayMs: 10,
  });
  onTestFinished(async () => {
    supervisor.beginEnd();
    await supervisor.stop(supervisor.names, 100);
  });
  const service = nodeService({
    name: 'part',
    script: programPath(program),
    cwd: folder,
    env: {},
    ready: settings.isReady ? { ask: settings.isReady } : { line: /^up$/ },
    ...(settings.readyWithinMs ? { readyWithinMs: settings.readyWithinMs } : {}),
  });
  return { supervisor, service, lines, registerFile, folder };
}

test('a service that is killed is started again, and the terminal says so', async () => {
  const { supervisor, service, lines, registerFile } = supervise('steady');
  await supervisor.start(service);
  const before = supervisor.pidOf('part');
  supervisor.kill('part', 'SIGKILL');
  await vi.waitFor(() => expect(lines.join('\n')).toContain('part is up again'), 10_000);
  await supervisor.whenUp('part');
  expect(supervisor.pidOf('part')).not.toBe(before);
  expect(lines[0]).toContain('part was ended by SIGKILL');
  expect(readRunning(registerFile).map(({ pid }) => pid)).toEqual([supervisor.pidOf('part')]);
});

test('a service that cannot start fails the start with its last words, and is not tried again', async () => {
  const { supervisor, service, lines } = supervise('failing', { isReady: async () => false });
  await expect(supervisor.start(service)).rejects.toThrow(/exited with code 3[\s\S]*the configuration is wrong/);
  expect(lines).toEqual([]);
});

test('a service that never becomes ready is ended and named', async () => {
  const { supervisor, service, registerFile } = supervise('steady', { isReady: async () => false, readyWithinMs: 300 });
  await expect(supervisor.start(service)).rejects.toThrow(/part was not ready after 0.3 s/);
  expect(readRunning(registerFile)).toEqual([]);
});

test('a restart that was asked for is no failure', async () => {
  const { supervisor, service, lines } = supervise('steady');
  await supervisor.start(service);
  const before = supervisor.pidOf('part');
  await supervisor.restart('part');
  expect(supervisor.pidOf('part')).not.toBe(before);
  expect(lines).toEqual([]);
});

test('a service that ignores being asked is killed when its time is over, and not started again', async () => {
  const { supervisor, service, registerFile } = supervise('stubborn');
  await supervisor.start(service);
  const mark = markOf(supervisor.pidOf('part') ?? 0);
  if (!mark) throw new Error('it does not run');
  supervisor.beginEnd();
  await supervisor.stop(['part'], 200);
  expect(isRunning(mark)).toBe(false);
  expect(readRunning(registerFile)).toEqual([]);
});

test('the name of a service that is not there is answered with those that are', async () => {
  const { supervisor, service } = supervise('steady');
  await supervisor.start(service);
  expect(() => supervisor.kill('parr', 'SIGKILL')).toThrow(/There is no service "parr". There are: part/);
});
