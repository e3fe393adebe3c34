import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { inheritedEnvironment } from '../../src/launcher/config.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Runs the launcher's command line as a person would, in a process of its own. Killed when the test is over. */
export function runLauncher(words: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN, ...words], {
    env: { ...inheritedEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const look of waiting) look();
    });
  }
  const exited = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (code, signal) => {
      resolve(code ?? signal ?? -1);
      for (const look of waiting) look();
    });
  });
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await exited;
  });

  return {
    exited,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    output: () => output,
    /** Resolves when the output matches; rejects with it when the command ends before. */
    says: (pattern: RegExp) =>
      new Promise<void>((resolve, reject) => {
        const look = (): void => {
          if (pattern.test(output)) resolve();
          else if (child.exitCode !== null || child.signalCode !== null) reject(new Error(`It ended:\n${output}`));
          else return;
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
  };
}
