import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const programPath = (name: string): string => fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));

/** A folder that is removed when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mm-launcher-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a test program and resolves when it has written its first line. It is ended when the test is over. */
export async function startProgram(name: string, parameters: string[] = []) {
  const child = spawn(process.execPath, [programPath(name), ...parameters], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), exited]);
  if (child.pid === undefined) throw new Error(`${name} did not start`);
  return { pid: child.pid, exited, kill: (signal: NodeJS.Signals) => child.kill(signal) };
}
