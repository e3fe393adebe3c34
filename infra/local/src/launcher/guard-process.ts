import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ProcessRegistry } from './process-registry.ts';

const GUARD = fileURLToPath(new URL('./guard.ts', import.meta.url));

/**
 * Starts the guard (see guard.ts) and starts it again should somebody kill it.
 * @returns releases it: once the registry is empty it has nothing to do and ends
 */
export function startGuard(registry: ProcessRegistry): () => void {
  let released = false;
  let guard: ChildProcess;
  const start = (): void => {
    guard = spawn(process.execPath, [GUARD], {
      cwd: '/',
      env: {},
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    guard.stdin?.on('error', () => {});
    guard.on('error', () => {});
    guard.stdin?.write(`${registry.toLine()}\n`);
    guard.once('exit', () => {
      if (!released) setTimeout(start, 250).unref();
    });
    // Neither the guard nor its pipe keeps the launcher alive.
    guard.unref();
  };
  start();
  registry.onChange = (line) => void guard.stdin?.write(`${line}\n`);
  return () => {
    released = true;
    guard.stdin?.end();
  };
}
