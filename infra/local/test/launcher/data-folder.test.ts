import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyDataFolder, findDataFolder, openDataFolder } from '../../src/launcher/data-folder.ts';
import { holdInstance, runningInstance } from '../../src/launcher/instance.ts';
import { loadSecrets } from '../../src/launcher/secrets.ts';

let parent: string;
let root: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'mm-data-'));
  root = join(parent, 'data');
});
afterEach(() => {
  // As root the cluster may lie outside: the reset knows where.
  if (findDataFolder(root)) emptyDataFolder(root);
  rmSync(parent, { recursive: true, force: true });
});

test('secrets are made once, kept, and readable by their owner only', () => {
  const folder = openDataFolder(root);
  const secrets = loadSecrets(folder.secrets);
  expect(loadSecrets(folder.secrets)).toEqual(secrets);
  expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length);
  expect(statSync(join(folder.secrets, 'stack.json')).mode & 0o777).toBe(0o600);
  for (const path of [folder.secrets, folder.run, folder.logs, folder.identity, folder.mailbox, folder.mux]) {
    expect(statSync(path).mode & 0o777).toBe(0o700);
  }
});

test('a data folder of an earlier version gets the secrets it lacks and keeps those it has', () => {
  const folder = openDataFolder(root);
  writeFileSync(join(folder.secrets, 'stack.json'), JSON.stringify({ postgresPassword: 'from an earlier version' }));
  const secrets = loadSecrets(folder.secrets);
  expect(secrets.postgresPassword).toBe('from an earlier version');
  expect(secrets.muxWebhookSecret).toMatch(/^[\w-]{32}$/);
  expect(loadSecrets(folder.secrets)).toEqual(secrets);
});

test('a folder with somebody’s files in it is refused, and nothing in it is touched', () => {
  writeFileSync(join(parent, 'thesis.txt'), 'years of work');
  expect(() => openDataFolder(parent)).toThrow(/DATA_DIR: .* is not empty/);
  expect(findDataFolder(parent)).toBeUndefined();
  expect(readdirSync(parent)).toEqual(['thesis.txt']);
});

test('a reset leaves nothing in the folder', () => {
  const folder = openDataFolder(root);
  loadSecrets(folder.secrets);
  emptyDataFolder(root);
  expect(readdirSync(root)).toEqual([]);
  expect(existsSync(folder.postgres)).toBe(false);
});

test('one launcher at a time holds a data folder, and the second is told where the first runs', () => {
  const folder = openDataFolder(root);
  const held = holdInstance(folder.run);
  held.announce('http://127.0.0.1:4000');
  expect(() => holdInstance(folder.run)).toThrow(
    new RegExp(`already runs on this data folder: http://127.0.0.1:4000 \\(process ${process.pid}\\)`),
  );
  held.release();
  expect(runningInstance(folder.run)).toBeUndefined();
  holdInstance(folder.run).release();
});

test('a launcher that was killed does not hold its folder, even when its number is in use again', () => {
  const folder = openDataFolder(root);
  const stale = { pid: process.pid, startedAt: 'before', url: 'http://127.0.0.1:4000' };
  writeFileSync(join(folder.run, 'launcher.json'), JSON.stringify(stale));
  expect(runningInstance(folder.run)).toBeUndefined();
  holdInstance(folder.run).release();
});

test('a half-written note of a launcher counts as none', () => {
  const folder = openDataFolder(root);
  writeFileSync(join(folder.run, 'launcher.json'), '{"pid":');
  holdInstance(folder.run).release();
});
