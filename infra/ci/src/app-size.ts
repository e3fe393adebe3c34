import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './steps.ts';

export type MeasuredApp = {
  /** Its folder in the repository. */
  app: 'admin' | 'viewer';
  /** The variable that tells its `.size-limit.js` where the build is. */
  distVariable: string;
  /** What `vite build` is told besides. */
  buildFlags?: string[];
};

/**
 * Builds an app from the sources as they are, apart from whatever build lies there, and holds it to its `.size-limit.js`. What is wrong is printed,
 * and the process will exit with 1.
 */
export function holdToBudgets({ app, distVariable, buildFlags = [] }: MeasuredApp): void {
  const folder = mkdtempSync(join(tmpdir(), `mm-${app}-size-`));
  const dist = join(folder, 'dist');
  const run = (program: string, parameters: string[]): boolean => {
    const { status } = spawnSync(join(root, app, 'node_modules/.bin', program), parameters, {
      cwd: join(root, app),
      env: { ...process.env, [distVariable]: dist },
      stdio: 'inherit',
    });
    if (status !== 0) process.exitCode = 1;
    return status === 0;
  };
  try {
    const isBuilt = run('vite', ['build', '--outDir', dist, '--emptyOutDir', '--logLevel', 'warn', ...buildFlags]);
    if (isBuilt) run('size-limit', []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
