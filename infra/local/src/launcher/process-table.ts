import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * A process, told apart from a later one with the same number: process ids are used again, and a launcher that trusts a
 * stale pid file ends a stranger.
 */
export const processMarkSchema = z.object({ pid: z.int().positive(), startedAt: z.string() });
export type ProcessMark = z.infer<typeof processMarkSchema>;

/** The mark of a process that runs now; undefined when there is none (a zombie is none). */
export function markOf(pid: number): ProcessMark | undefined {
  const startedAt = process.platform === 'linux' ? startOnLinux(pid) : startElsewhere(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export function isRunning(mark: ProcessMark): boolean {
  return markOf(mark.pid)?.startedAt === mark.startedAt;
}

/**
 * Sends a signal to a process if it is still the one that was marked.
 * @param group true reaches its whole process group; every process the launcher starts leads a group of its own
 */
export function signalProcess(mark: ProcessMark, signal: NodeJS.Signals, group = false): void {
  if (!isRunning(mark)) return;
  try {
    process.kill(group ? -mark.pid : mark.pid, signal);
  } catch (error) {
    // It ended in between, or leads no group.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    if (group) signalProcess(mark, signal, false);
  }
}

/** Waits until none of the processes runs; answers those that still do after `milliseconds`. */
export async function waitUntilGone(marks: readonly ProcessMark[], milliseconds: number): Promise<ProcessMark[]> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const left = marks.filter(isRunning);
    if (left.length === 0 || Date.now() >= deadline) return left;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Ticks since boot from /proc, with the boot's id: unique over reboots. Field 22 of stat, field 3 is the state. */
function startOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name is in parentheses and may hold any character, also parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, ticks] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X' || ticks === undefined) return undefined;
    return `${bootId()}/${ticks}`;
  } catch {
    return undefined;
  }
}

let knownBootId: string | undefined;
function bootId(): string {
  if (knownBootId !== undefined) return knownBootId;
  try {
    knownBootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // Some sandboxes do not have it: the ticks alone tell almost as much.
    knownBootId = '';
  }
  return knownBootId;
}

function startElsewhere(pid: number): string | undefined {
  try {
    const [state = '', ...started] = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
    })
      .trim()
      .split(/\s+/);
    return state === '' || state.startsWith('Z') ? undefined : started.join(' ');
  } catch {
    return undefined;
  }
}
