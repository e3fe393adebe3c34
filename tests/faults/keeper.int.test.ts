import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Keeper } from './keeper.ts';

/** Kills itself a moment after it is ready when it is to die `here`, and comes to no other point. */
const program = `
  console.log('ready');
  if (process.env.CRASH_POINT?.startsWith('here')) setTimeout(() => process.kill(process.pid, 'SIGKILL'), 50);
  setInterval(() => {}, 1_000);
`;

let folder: string;
let keeper: Keeper;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mm-keeper-'));
  const script = join(folder, 'program.mjs');
  writeFileSync(script, program);
  keeper = new Keeper({
    ...{ name: 'program', script, cwd: folder, env: { PATH: process.env.PATH ?? '' } },
    ...{ ready: { line: /ready/ }, logFile: join(folder, 'log'), patienceMs: 2_000 },
  });
  await keeper.start();
});
afterEach(async () => {
  await keeper.close();
  rmSync(folder, { recursive: true, force: true });
});

it('who is killed is started again', async () => {
  await keeper.kill();
  expect(keeper.starts).toBe(2);
  expect([...keeper.hit]).toEqual([]);
});

it('each death at a point is awaited, also where another has died before', async () => {
  await keeper.dieAt('here#1');
  // Started for the first time, for the death, and after it.
  expect(keeper.starts).toBe(3);
  await keeper.dieAt('here#2');
  expect(keeper.starts).toBe(5);
  expect([...keeper.hit]).toEqual(['here']);
});

it('a point that nobody comes to is given up, and is not in the way of the next', async () => {
  await expect(keeper.dieAt('nowhere')).rejects.toThrow('program did not come to nowhere within 2 s');
  await keeper.dieAt('here#1');
  expect([...keeper.hit]).toEqual(['here']);
  await keeper.kill();
  await expect(keeper.dieAt('nowhere')).rejects.toThrow('did not come to nowhere');
});
