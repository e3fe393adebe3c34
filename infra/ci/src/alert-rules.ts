import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './output.ts';
import { findPromtool } from './promtool.ts';
import { root } from './steps.ts';

/** Checks the alert rules with promtool and runs their unit tests; says so where there is no promtool to be had. */
const folder = join(root, 'infra/prometheus');
const filesOf = (name: string): string[] => readdirSync(join(folder, name)).map((file) => join(name, file));

const promtool = findPromtool();
if (promtool === undefined) {
  say('Skipped: promtool is not on this machine and could not be fetched; name it in PROMTOOL_PATH.');
} else {
  const runs = [
    ['check', 'rules', '--lint=all', '--lint-fatal', ...filesOf('rules')],
    ['check', 'config', 'prometheus.yml'],
    ['test', 'rules', ...filesOf('tests')],
  ];
  for (const parameters of runs) {
    const { status } = spawnSync(promtool, parameters, { cwd: folder, stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
}
