import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { inheritedEnvironment } from './config.ts';
import type { Progress } from './terminal.ts';

export type AppName = 'admin' | 'viewer';

const STAMP = '.built-from';
const IGNORED = new Set(['node_modules', 'dist', 'test', 'coverage']);

/** Folder of a built app. */
export const builtApp = (repository: string, app: AppName): string => join(repository, app, 'dist');

/**
 * SHA-256 over everything a build depends on: the app's sources and settings, the shared contract, the versions of all
 * packages and of Node. Kept in the build itself, so that it can belong to no other.
 */
export function hashOfInputs(repository: string, app: AppName): string {
  const hash = createHash('sha256').update(process.version);
  const inputs = [app, 'api/src/contract', 'pnpm-lock.yaml', 'tsconfig.base.json'];
  for (const path of inputs.flatMap((input) => filesBelow(join(repository, input)))) {
    hash.update(relative(repository, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

export function isBuilt(repository: string, app: AppName): boolean {
  try {
    return readFileSync(join(builtApp(repository, app), STAMP), 'utf8') === hashOfInputs(repository, app);
  } catch {
    return false;
  }
}

export type BuildOptions = {
  repository: string;
  app: AppName;
  progress: Progress;
  /** Notes the build's process, so that it can be ended. */
  onSpawn: (pid: number) => void;
  signal: AbortSignal;
};

/**
 * Builds an app with Vite into a folder of its own, which takes the place of the last build when it is whole: a build that
 * is interrupted, or two at once, never leave half an app.
 * @throws Error with the last lines of the build when it fails
 */
export async function buildApp({ repository, app, progress, onSpawn, signal }: BuildOptions): Promise<void> {
  signal.throwIfAborted();
  const folder = join(repository, app);
  const builtFrom = hashOfInputs(repository, app);
  const partial = join(folder, 'node_modules', '.cache', `build-${process.pid}`);
  const previous = `${partial}-previous`;
  try {
    await runVite(folder, ['build', '--outDir', partial, '--emptyOutDir'], { progress, onSpawn, signal });
    writeFileSync(join(partial, STAMP), builtFrom);
    const final = builtApp(repository, app);
    if (existsSync(final)) renameSync(final, previous);
    renameSync(partial, final);
  } finally {
    for (const path of [partial, previous]) rmSync(path, { recursive: true, force: true });
  }
}

/** Vite's program, as the app's own package.json resolves it. */
export function viteProgram(appFolder: string): string {
  const manifest = createRequire(join(appFolder, 'package.json')).resolve('vite/package.json');
  return join(dirname(manifest), 'bin', 'vite.js');
}

function runVite(
  folder: string,
  parameters: string[],
  { progress, onSpawn, signal }: Pick<BuildOptions, 'progress' | 'onSpawn' | 'signal'>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [viteProgram(folder), ...parameters], {
      cwd: folder,
      env: { ...inheritedEnvironment(), NODE_ENV: 'production', NO_COLOR: '1' },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.pid !== undefined) onSpawn(child.pid);
    const end = (): boolean => child.kill('SIGTERM');
    signal.addEventListener('abort', end, { once: true });
    const tail: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        tail.push(line);
        if (tail.length > 30) tail.shift();
        if (/transforming|rendering|computing/.test(line)) progress(line.trim().replace(/\.+$/, ''));
      });
    }
    child.once('error', reject);
    child.once('close', (code) => {
      signal.removeEventListener('abort', end);
      if (code === 0) resolve();
      else reject(signal.aborted ? signal.reason : new Error(`The build failed:\n${tail.join('\n')}`));
    });
  });
}

function filesBelow(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !IGNORED.has(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)]));
}
