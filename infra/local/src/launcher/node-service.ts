import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { LaunchOptions, RunningService, Service } from './service.ts';

export type NodeServiceOptions = {
  name: string;
  /** Absolute path of the program. */
  script: string;
  /** Arguments of the program, and flags of Node before it. */
  parameters?: string[];
  nodeFlags?: string[];
  cwd: string;
  env: Record<string, string>;
  /** How to tell that it is ready: by asking it again and again until the answer is yes, or by a line that it writes. */
  ready: { ask: () => Promise<boolean> } | { line: RegExp };
  /** How long it may take to come up. */
  readyWithinMs?: number;
};

const TAIL_LINES = 20;

/**
 * A Node program of this repository. It gets an IPC channel, whose closing tells it that the launcher is gone, and a
 * process group of its own, so that Ctrl-C reaches the launcher alone and the launcher decides the order.
 */
export function nodeService(options: NodeServiceOptions): Service {
  return { name: options.name, stopSignal: 'SIGTERM', launch: (launchOptions) => launchNode(options, launchOptions) };
}

async function launchNode(
  options: NodeServiceOptions,
  { onSpawn, onLine, signal }: LaunchOptions,
): Promise<RunningService> {
  signal.throwIfAborted();
  const { ready, nodeFlags = [], parameters = [], readyWithinMs = 30_000 } = options;
  const child = spawn(process.execPath, [...nodeFlags, options.script, ...parameters], {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  // Messages of a child that is being ended may find the channel closed.
  child.on('error', () => {});
  const { pid } = child;
  if (pid === undefined) throw new Error(`${options.name} could not be started: ${options.script}`);
  onSpawn(pid);

  const tail: string[] = [];
  let hasSaidSo = false;
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      hasSaidSo ||= 'line' in ready && ready.line.test(line);
      onLine(line);
    });
  }
  let ended: string | undefined;
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, endSignal) => {
      ended = endSignal ? `was ended by ${endSignal}` : `exited with code ${code}`;
      resolve(ended);
    });
  });
  const stop = async (): Promise<void> => {
    if (ended === undefined) child.kill('SIGTERM');
    await exited;
  };

  const deadline = Date.now() + readyWithinMs;
  for (;;) {
    if (ended !== undefined) {
      throw new Error(`${options.name} ${ended} while starting. Its last words:\n${tail.join('\n')}`);
    }
    if ('ask' in ready ? await ready.ask() : hasSaidSo) break;
    if (signal.aborted) {
      await stop();
      signal.throwIfAborted();
    }
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      await exited;
      throw new Error(
        `${options.name} was not ready after ${readyWithinMs / 1000} s. Its last words:\n${tail.join('\n')}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  return { pid, exited, stop };
}

/** True when a GET of `url` is answered with 2xx within two seconds. */
export async function answersOk(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

/** True when `url` is answered at all. */
export async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: 'manual' });
    await answer.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
