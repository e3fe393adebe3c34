import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRedisServer } from '@mm/ci/redis';
import { findFreePort } from '@mm/local';

/** The redis-server of this machine; undefined where none is to be had. */
export const redisProgram = findRedisServer();
if (redisProgram === undefined) {
  if (process.env.REDIS_REQUIRED === '1') {
    throw new Error('There is no redis-server, and REDIS_REQUIRED says that no test may be skipped for want of one.');
  }
  process.stderr.write('SKIPPED: tests that need Redis. Name a redis-server in REDIS_SERVER_PATH.\n');
}

/** A real Redis that may be killed and started again. */
export interface RedisServer {
  readonly url: string;
  /** Ends it without warning, as a crash does. */
  readonly kill: () => Promise<void>;
  /** Starts it again, empty, on the same port. */
  readonly start: () => Promise<void>;
  /** Leaves it running and answering nothing; `wake` ends that. */
  readonly freeze: () => void;
  readonly wake: () => void;
  readonly close: () => Promise<void>;
}

/** Starts a Redis of its own, without persistence, as the hosting has it: `noeviction`. */
export async function startRedisServer(): Promise<RedisServer> {
  if (redisProgram === undefined) {
    throw new Error('There is no redis-server on this machine.');
  }
  const { executable, env } = redisProgram;
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = await findFreePort('127.0.0.1');
  const settings = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'no',
    'maxmemory-policy': 'noeviction',
  };
  let child: ChildProcess | undefined;
  const start = async () => {
    const started = spawn(
      executable,
      Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
      { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    child = started;
    await new Promise<void>((resolve, reject) => {
      let output = '';
      started.stdout.on('data', (chunk) => {
        output += String(chunk);
        if (output.includes('Ready to accept connections')) {
          resolve();
        }
      });
      started.once('exit', () => reject(new Error(`redis-server ended: ${output}`)));
    });
  };
  const kill = async () => {
    const running = child;
    child = undefined;
    if (running !== undefined) {
      running.kill('SIGKILL');
      await once(running, 'exit');
    }
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    kill,
    freeze: () => child?.kill('SIGSTOP'),
    wake: () => child?.kill('SIGCONT'),
    close: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
