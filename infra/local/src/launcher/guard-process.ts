import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const GUARD = fileURLToPath(new URL('./guard.ts', import.meta.url));

/**
 * Starts the guard (see guard.ts) and starts it again should somebody kill it.
 * @returns releases it: once the register is empty it has nothing to do and ends
 */
export function startGuard(registerFile: string): () => void {
  let released = false;
  let guard: ChildProcess;
  const start = (): void => {
    guard = spawn(process.execPath, [GUARD, registerFile], {
      cwd: '/',
      env: {},
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    guard.stdin?.on('error', () => {});
    guard.on('error', () => {});
    guard.once('exit', () => {
      if (!released) setTimeout(start, 250).unref();
    });
    // Neither the guard nor its pipe keeps the launcher alive.
    guard.unref();
  };
  start();
  return () => {
    released = true;
    guard.stdin?.destroy();
  };
}
