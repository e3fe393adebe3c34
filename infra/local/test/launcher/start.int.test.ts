import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isPortFree } from '../../src/free-port.ts';
import { openDataFolder } from '../../src/launcher/data-folder.ts';
import { planPorts } from '../../src/launcher/port-plan.ts';
import { ProcessRegistry, readRunning } from '../../src/launcher/process-registry.ts';
import { waitUntilGone } from '../../src/launcher/process-table.ts';
import { runLauncher } from './command-line.ts';
import { findFreeBase } from './free-base.ts';
import { startProgram, temporaryFolder } from './processes.ts';

const START = ['start', '--no-sample', '--no-apps'];
const MINUTES = 60_000;
const PARTS = ['api', 'identity', 'mailbox', 'mux', 'postgres', 'postgrest', 'worker'];

async function settings() {
  const base = await findFreeBase();
  const dataDir = join(temporaryFolder(), 'data');
  const running = () => readRunning(join(dataDir, 'run', 'processes.json'));
  return { base, dataDir, running, env: { PORT: String(base), DATA_DIR: dataDir } };
}

async function takenPorts(base: number): Promise<number[]> {
  const ports = Object.values(planPorts(base));
  const free = await Promise.all(ports.map((port) => isPortFree(port)));
  return ports.filter((_port, index) => !free[index]);
}

test('start prints one table, a second start on the same data is refused, and SIGTERM leaves no process', {
  timeout: 3 * MINUTES,
}, async () => {
  const { base, env, running } = await settings();
  const first = runLauncher(START, env);
  await first.says(/To stop/);
  for (const text of [`http://127.0.0.1:${base}/admin/`, 'Amelia Hart (coach)', 'Priya Nair (admin)', 'Data folder']) {
    expect(first.output()).toContain(text);
  }
  const children = running();
  expect(children.map(({ name }) => name).sort()).toEqual(PARTS);

  const second = runLauncher(START, { ...env, PORT: String(await findFreeBase()) });
  expect(await second.exited).toBe(1);
  expect(second.output()).toContain(`already runs on this data folder: http://127.0.0.1:${base}`);

  first.kill('SIGTERM');
  expect(await first.exited).toBe(0);
  expect(await waitUntilGone(children, 0)).toEqual([]);
  expect(await takenPorts(base)).toEqual([]);
});

test('kill -9 of the launcher leaves no process, and the next start recovers and finds its data', {
  timeout: 3 * MINUTES,
}, async () => {
  const { base, dataDir, env, running } = await settings();
  const first = runLauncher(START, env);
  await first.says(/To stop/);
  const secrets = readFileSync(join(dataDir, 'secrets', 'stack.json'), 'utf8');
  const children = running();
  expect(children).toHaveLength(PARTS.length);
  first.kill('SIGKILL');
  await first.exited;
  expect(await waitUntilGone(children, MINUTES)).toEqual([]);

  const second = runLauncher(START, env);
  await second.says(/To stop/);
  expect(second.output()).toContain('0 new migrations');
  expect(readFileSync(join(dataDir, 'secrets', 'stack.json'), 'utf8')).toBe(secrets);
  const stop = runLauncher(['stop'], env);
  expect(await stop.exited).toBe(0);
  expect(stop.output()).toContain(`Stopped http://127.0.0.1:${base}`);
  expect(await second.exited).toBe(0);
  expect(await takenPorts(base)).toEqual([]);
});

test('a signal during the start takes down what has come up so far', { timeout: 3 * MINUTES }, async () => {
  const { base, env, running } = await settings();
  const launcher = runLauncher(START, env);
  await launcher.says(/✓ PostgreSQL/);
  launcher.kill('SIGINT');
  expect(await launcher.exited).toBe(0);
  expect(launcher.output()).toContain('Everything is down.');
  expect(running()).toEqual([]);
  expect(await takenPorts(base)).toEqual([]);
});

test('a taken port ends the start with its number and its holder, and nothing is left running', {
  timeout: MINUTES,
}, async () => {
  const { base, env, running } = await settings();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(base + 2, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  const launcher = runLauncher(START, env);
  expect(await launcher.exited).toBe(1);
  expect(launcher.output()).toContain(`port ${base + 2} (for the Mux double) is taken by process ${process.pid}`);
  expect(running()).toEqual([]);
});

test('a start first ends what an earlier one left behind when not even its guard could', {
  timeout: MINUTES,
}, async () => {
  const { env, dataDir } = await settings();
  const left = await startProgram('stubborn');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(Number(env.PORT), '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  new ProcessRegistry(join(openDataFolder(dataDir).run, 'processes.json')).add('api', left.pid);
  const launcher = runLauncher(START, env);
  await left.exited;
  expect(await launcher.exited).toBe(1);
  expect(launcher.output()).toContain('ending what a killed start left behind: api');
});

test('the embedded stack refuses to start in production', { timeout: MINUTES }, async () => {
  const { env } = await settings();
  const launcher = runLauncher(START, { ...env, ENVIRONMENT: 'production' });
  expect(await launcher.exited).toBe(1);
  expect(launcher.output()).toContain('ENVIRONMENT is "production"');
});

test('a reset without a terminal to ask at wants --yes, and deletes nothing', { timeout: MINUTES }, async () => {
  const { env, dataDir } = await settings();
  expect(await runLauncher(['reset', '--yes'], env).exited).toBe(0);
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(Number(env.PORT), '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => taken.close(() => resolve())));
  // Fails on its port, but has made its data folder by then.
  await runLauncher(START, env).exited;
  const asked = runLauncher(['reset'], env);
  expect(await asked.exited).toBe(1);
  expect(asked.output()).toContain('--yes');
  expect(readFileSync(join(dataDir, '.motion-mavericks-data'), 'utf8')).toContain('Motion Mavericks');
  expect(await runLauncher(['reset', '--yes'], env).exited).toBe(0);
  expect(() => readFileSync(join(dataDir, '.motion-mavericks-data'))).toThrow(/ENOENT/);
});

test.each([[['strat']], [['start', '--devv']], [['start', 'now']]])(
  'a command that is not understood is named, with the help: %j',
  { timeout: MINUTES },
  async (words) => {
    const launcher = runLauncher(words, {});
    expect(await launcher.exited).toBe(2);
    expect(launcher.output()).toContain(words.at(-1));
    expect(launcher.output()).toContain('start --dev');
  },
);
