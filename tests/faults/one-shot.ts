import { spawn } from 'node:child_process';

export type Ended = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Of standard output alone, where commands report. */
  readonly report: string;
  /** Everything it wrote. */
  readonly output: string;
};

/** Runs a program of the repository to its end. */
export function runOnce(
  script: string,
  parameters: readonly string[],
  options: { cwd: string; env: Readonly<Record<string, string>> },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...parameters], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let report = '';
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.stdout.on('data', (text: string) => {
      report += text;
    });
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, report, output }));
  });
}
