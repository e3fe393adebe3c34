import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Failures } from './failures.ts';
import { duration, say } from './output.ts';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** One command of a check, how many passed and failed in it, and which failed. */
export type Outcome = { name: string; passed: number; failed: number; failures: Failures; milliseconds: number };

/** What a test runner's report comes to. */
export type Counted = Pick<Outcome, 'passed' | 'failed' | 'failures'>;

/** A command line, run from the repository's root with this Node first on the path. */
export type Command = { name: string; run: [string, ...string[]]; env?: Record<string, string> };

type Finished = { code: number; output: string; milliseconds: number };

function execute(command: Command, show: boolean): Promise<Finished> {
  const started = Date.now();
  const [program, ...parameters] = command.run;
  const path = `${join(root, 'node_modules', '.bin')}:${dirname(process.execPath)}:${process.env.PATH}`;
  return new Promise((done, fail) => {
    const child = spawn(program, parameters, {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0', ...command.env, PATH: path },
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
      });
    }
    child.once('error', fail);
    child.once('close', (code) => done({ code: code ?? 1, output, milliseconds: Date.now() - started }));
  });
}

/**
 * Runs a command that either holds or does not; its output is shown only when it fails. One that succeeds and says `Skipped: <why>` has
 * checked nothing: that is said, and counted as nothing.
 */
export async function runCheck(command: Command): Promise<Outcome> {
  const { code, output, milliseconds } = await execute(command, false);
  const skipped = code === 0 ? output.split('\n').find((line) => line.startsWith('Skipped: ')) : undefined;
  if (skipped !== undefined) {
    say(`– ${command.name}. ${skipped}`);
    return { name: `${command.name} (skipped)`, passed: 0, failed: 0, failures: [], milliseconds };
  }
  say(`${code === 0 ? '✓' : '✗'} ${command.name} (${duration(milliseconds)})`);
  if (code !== 0) say(output.trimEnd());
  // Its own name says what failed.
  return { name: command.name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, failures: [], milliseconds };
}

/**
 * Runs a test runner that writes a JSON report to the file named by `report(file)`, and counts by that report.
 * A runner that exits non-zero without a failed test in its report, or reports no test at all, counts as one failure.
 */
export async function runTests(
  name: string,
  command: (reportFile: string) => Command,
  count: (report: unknown) => Counted,
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'mm-report-'));
  const file = join(folder, 'report.json');
  try {
    const { code, milliseconds } = await execute(command(file), true);
    let counted: Counted = { passed: 0, failed: 0, failures: [] };
    try {
      counted = count(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      say(`${name}: no report was written.`);
    }
    if (counted.failed === 0 && (code !== 0 || counted.passed === 0)) {
      const why = counted.passed === 0 ? 'no test passed' : 'no test failed: an error outside of them, printed above';
      counted = { ...counted, failed: 1, failures: [...counted.failures, `ended with exit code ${code}, and ${why}`] };
    }
    return { name, ...counted, milliseconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * What each step came to, which tests failed (again: where they were printed first is far up, or cut off), and the plain closing line
 * `N passed, N failed`.
 */
export function closingLines(outcomes: readonly Outcome[]): string[] {
  const sum = (of: 'passed' | 'failed') => outcomes.reduce((total, outcome) => total + outcome[of], 0);
  const failures = outcomes.flatMap(({ name, failures: own, failed }) =>
    own.length > 0 ? own.map((failure) => `✗ ${name}: ${failure}`) : failed > 0 ? [`✗ ${name}`] : [],
  );
  return [
    '',
    ...outcomes.map(
      ({ name, passed, failed, milliseconds }) =>
        `${failed === 0 ? '✓' : '✗'} ${name.padEnd(14)} ${passed} passed, ${failed} failed  (${duration(milliseconds)})`,
    ),
    ...(failures.length > 0 ? ['', 'Failed:', ...failures] : []),
    '',
    `${sum('passed')} passed, ${sum('failed')} failed`,
  ];
}

/** Prints the closing lines; answers the exit code. */
export function conclude(outcomes: readonly Outcome[]): number {
  for (const line of closingLines(outcomes)) say(line);
  return outcomes.every(({ failed }) => failed === 0) && outcomes.some(({ passed }) => passed > 0) ? 0 : 1;
}
