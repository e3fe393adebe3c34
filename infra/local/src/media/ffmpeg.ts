import { spawn } from 'node:child_process';
import installer from '@ffmpeg-installer/ffmpeg';

/** One call of ffmpeg. */
export interface FfmpegRun {
  /** Everything after the program's name. Paths are passed as they are: there is no shell in between that could read them. */
  readonly args: readonly string[];
  /** Aborting it kills the process; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the media time, in seconds, that has been written so far. Needs `-progress pipe:1` among the arguments. */
  readonly onProgress?: (seconds: number) => void;
}

/** ffmpeg ended with an exit code other than 0. `log` is the tail of what it said. */
export class FfmpegError extends Error {
  readonly exitCode: number | null;
  readonly log: string;

  constructor(exitCode: number | null, log: string) {
    super(`ffmpeg ended with exit code ${exitCode ?? 'none'}: ${log.trim().split('\n').at(-1) ?? ''}`);
    this.name = 'FfmpegError';
    this.exitCode = exitCode;
    this.log = log;
  }
}

/**
 * Runs "$@" and kills it as soon as the pipe on standard input closes. Node holds the other end, so a `kill -9` of Node
 * ends the ffmpeg it started as well: the kernel closes the pipe, and no process is left behind to write into a folder
 * that the next start is already using.
 */
const TETHERED = [
  'exec 3<&0',
  '"$@" </dev/null 3<&- &',
  'job=$!',
  '( read -r _ <&3; kill -9 "$job" ) >/dev/null 2>&1 &',
  'watch=$!',
  'exec 3<&-',
  'wait "$job"; status=$?',
  'kill "$watch" 2>/dev/null',
  'exit "$status"',
].join('\n');

const LOG_LIMIT = 64 * 1024;

/**
 * Runs ffmpeg to its end and returns what it wrote to standard error.
 * Throws FfmpegError on a non-zero exit code, and the signal's reason when it was aborted.
 */
export function runFfmpeg({ args, signal, onProgress }: FfmpegRun): Promise<string> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-c', TETHERED, 'ffmpeg', installer.path, '-hide_banner', ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let log = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-LOG_LIMIT);
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const micros = /out_time_ms=(\d+)/.exec(text)?.[1];
      if (micros !== undefined) onProgress?.(Number(micros) / 1_000_000);
    });
    // Letting go of the pipe is how the child is killed; it may already be gone.
    child.stdin.on('error', () => undefined);
    const abort = () => child.stdin.end();
    signal?.addEventListener('abort', abort, { once: true });
    child.once('error', (error) => {
      signal?.removeEventListener('abort', abort);
      reject(error);
    });
    child.once('close', (exitCode) => {
      signal?.removeEventListener('abort', abort);
      child.stdin.destroy();
      if (signal?.aborted) reject(signal.reason);
      else if (exitCode === 0) resolve(log);
      else reject(new FfmpegError(exitCode, log));
    });
  });
}
