import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isRunning, markOf, type ProcessMark } from './process-table.ts';

/** Far more than `npx` → shell → `pnpm` → shell → us. */
const LONGEST_CHAIN = 12;

/**
 * The processes above us that exist only to run us: `npx -y pnpm start` is a chain of npx, a shell, pnpm and another shell,
 * and a signal to its head does not travel down. Each runner gives its children the variable `npm_lifecycle_event`, so the
 * chain goes up as long as that is set, and ends with the first process that has it not: the one a person sees and kills.
 *
 * @returns empty when we were not started by a package script
 */
export function runnerChain(): ProcessMark[] {
  const chain: ProcessMark[] = [];
  let pid = process.pid;
  while (chain.length < LONGEST_CHAIN && isRunnersChild(pid)) {
    const parent = parentOf(pid);
    const mark = parent === undefined || parent <= 1 ? undefined : markOf(parent);
    if (!mark) break;
    chain.push(mark);
    pid = mark.pid;
  }
  return chain;
}

/**
 * Calls `ended` once when a process of the chain is gone.
 * @returns stops watching
 */
export function watchRunners(ended: () => void, chain: readonly ProcessMark[] = runnerChain()): () => void {
  if (chain.length === 0) return () => {};
  const watch = setInterval(() => {
    if (chain.every(isRunning)) return;
    clearInterval(watch);
    ended();
  }, 500);
  watch.unref();
  return () => clearInterval(watch);
}

function isRunnersChild(pid: number): boolean {
  try {
    if (process.platform === 'linux') {
      return /(?:^|\0)npm_lifecycle_event=/.test(readFileSync(`/proc/${pid}/environ`, 'utf8'));
    }
    return /\snpm_lifecycle_event=/.test(ps(['-E', '-ww', '-o', 'command=', '-p', String(pid)]));
  } catch {
    // Another user's process: not one of ours.
    return false;
  }
}

function parentOf(pid: number): number | undefined {
  if (pid === process.pid) return process.ppid;
  try {
    if (process.platform !== 'linux') return Number(ps(['-o', 'ppid=', '-p', String(pid)]));
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

function ps(parameters: string[]): string {
  return execFileSync('ps', parameters, { encoding: 'utf8' });
}
