import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '@mm/local';
import { createTestDatabase, type TestDatabase } from '@mm/tests';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sampleEnvironment } from '../test/sample-environment.ts';

const program = (name: string) => fileURLToPath(new URL(name, import.meta.url));

let database: TestDatabase;
let child: ChildProcess | undefined;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => {
  child?.kill('SIGKILL');
});
afterAll(() => database.close());

/** Starts a program and resolves once its log says `ready`. */
async function start(
  name: 'server.ts' | 'worker.ts',
  ready: string,
  port: number,
): Promise<{ child: ChildProcess; output: () => string }> {
  const started = fork(program(name), {
    env: sampleEnvironment({
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      LOG_LEVEL: 'info',
      DATABASE_URL: database.serviceUrl,
    }),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child = started;
  let output = '';
  const heard = new Promise<void>((resolve) => {
    for (const stream of [started.stdout, started.stderr]) {
      stream?.on('data', (chunk) => {
        output += String(chunk);
        if (output.includes(ready)) {
          resolve();
        }
      });
    }
  });
  await Promise.race([heard, once(started, 'exit')]);
  return { child: started, output: () => output };
}

const exitOf = async (process: ChildProcess): Promise<number | null> =>
  process.exitCode ?? ((await once(process, 'exit')) as [number | null])[0];

describe.each([
  ['server.ts', 'Server listening'],
  ['worker.ts', 'the worker is ready'],
] as const)('%s', (name, ready) => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends gracefully on %s', async (signal) => {
    const running = await start(name, ready, await findFreePort('127.0.0.1'));
    running.child.kill(signal);
    expect(await exitOf(running.child)).toBe(0);
  });

  it('ends by itself when the parent that started it is gone', async () => {
    const running = await start(name, ready, await findFreePort('127.0.0.1'));
    running.child.disconnect();
    expect(await exitOf(running.child)).toBe(0);
  });

  it('leaves no connection behind', async () => {
    const running = await start(name, ready, await findFreePort('127.0.0.1'));
    running.child.kill('SIGTERM');
    await exitOf(running.child);
    await expect
      .poll(async () => {
        const { rows } = await database.admin.query(
          "select count(*)::int as count from pg_stat_activity where datname = current_database() and usename = 'mm_service'",
        );
        return rows[0];
      })
      .toEqual({ count: 0 });
  });
});

describe('server.ts', () => {
  it('serves, and is ready once the database answers', async () => {
    const port = await findFreePort('127.0.0.1');
    await start('server.ts', 'Server listening', port);
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect(await answer.json()).toEqual({ status: 'ready', checks: { database: 'ok' } });
  });

  it('names a port that is taken, and exits with 1', async () => {
    const other = createServer();
    const port = await findFreePort('127.0.0.1');
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    const running = await start('server.ts', 'Server listening', port);
    expect(await exitOf(running.child)).toBe(1);
    other.close();
    expect(running.output()).toContain(`127.0.0.1:${port}`);
  });
});
