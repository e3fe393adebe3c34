import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './steps.ts';

/**
 * Builds the viewer from the sources as they are, apart from whatever build lies there, and holds it to `viewer/.size-limit.json`.
 */
const folder = mkdtempSync(join(tmpdir(), 'mm-viewer-size-'));
try {
  run('vite', ['build', '--outDir', join(folder, 'dist'), '--emptyOutDir', '--logLevel', 'warn']);
  run('size-limit', []);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(program: string, parameters: string[]): void {
  const { status } = spawnSync(join(root, 'viewer/node_modules/.bin', program), parameters, {
    cwd: join(root, 'viewer'),
    env: { ...process.env, VIEWER_DIST: join(folder, 'dist') },
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
