import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clusterFolder, removeClusterOutside } from '../../src/launcher/cluster-folder.ts';

const isRoot = process.getuid?.() === 0;
let parent: string;
const dataFolder = (name: string): string => {
  const path = join(parent, name);
  mkdirSync(path, { recursive: true });
  return path;
};
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'mm-cluster-'));
});
afterEach(() => {
  for (const name of ['a', 'b']) removeClusterOutside(join(parent, name));
  rmSync(parent, { recursive: true, force: true });
});

test('the cluster is in the data folder when PostgreSQL’s account can get there', () => {
  chmodSync(parent, 0o755);
  const root = dataFolder('a');
  expect(clusterFolder(root, join(root, 'postgres'))).toBe(join(root, 'postgres'));
});

test.runIf(isRoot)('as root, below a closed folder, the cluster is outside, always at the same place', () => {
  const root = dataFolder('a');
  const cluster = clusterFolder(root, join(root, 'postgres'));
  expect(cluster).toMatch(/^\/var\/tmp\/motion-mavericks-cluster-[0-9a-f]{12}\/postgres$/);
  expect(clusterFolder(root, join(root, 'postgres'))).toBe(cluster);
  removeClusterOutside(root);
  expect(existsSync(dirname(cluster))).toBe(false);
});

test.runIf(isRoot)('a cluster outside whose data folder is gone is removed when the next one is made there', () => {
  const [first, second] = [dataFolder('a'), dataFolder('b')];
  const forgotten = clusterFolder(first, join(first, 'postgres'));
  rmSync(first, { recursive: true });
  const kept = clusterFolder(second, join(second, 'postgres'));
  expect(existsSync(forgotten)).toBe(false);
  expect(existsSync(kept)).toBe(true);
});
