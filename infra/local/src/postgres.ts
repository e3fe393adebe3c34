import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { findFreePort } from './free-port.ts';
import { isReachable, postgresAccount, postgresBinaries } from './postgres-binaries.ts';
import { readServerLog } from './server-log.ts';

const run = promisify(execFile);

export type PostgresOptions = {
  /** Folder of the cluster; made by initdb when it is empty. */
  dataDir: string;
  /** TCP port on 127.0.0.1; a free one when left out. */
  port?: number;
  /** Superuser's password; kept by the caller. Only used by initdb, the first time. */
  password: string;
  /** Server settings, as `-c name=value`. */
  settings?: Record<string, string>;
  /** Receives the server's log, line by line. Lines are dropped when left out. */
  onLog?: (line: string) => void;
  /** Receives the postmaster's process id at once, long before it is ready: whoever must not leave it behind notes it. */
  onSpawn?: (pid: number) => void;
};

export type Postgres = {
  port: number;
  /** Connection string of the superuser `postgres`, database `postgres`. */
  adminUrl: string;
  /** Process id of the postmaster. */
  pid: number;
  /** Settles when the postmaster is gone, however it ended. */
  exited: Promise<void>;
  /** Fast shutdown: open transactions are rolled back, nothing committed is lost. */
  stop(): Promise<void>;
};

/**
 * Starts a real PostgreSQL 18 on 127.0.0.1 and resolves once it accepts queries.
 * Recovers from a killed predecessor: a stale `postmaster.pid` whose process is gone is PostgreSQL's own business, and a
 * postmaster that still runs on the folder is an error that names its pid.
 * @throws Error with the tail of the server's log when it does not come up.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const account = postgresAccount();
  const binaries = postgresBinaries(account);
  const port = options.port ?? (await findFreePort());
  const { dataDir } = options;
  const adminUrl = `postgresql://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${port}/postgres`;

  if (!existsSync(join(dataDir, 'PG_VERSION'))) await initialise(binaries.initdb, dataDir, options.password);
  refuseSecondPostmaster(dataDir);

  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    shared_preload_libraries: 'pg_stat_statements',
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(binaries.postgres, ['-D', dataDir, ...flags], {
    ...account,
    cwd: dataDir,
    // A group of its own: Ctrl-C in the terminal reaches the launcher, which then stops the server in order.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (server.pid !== undefined) options.onSpawn?.(server.pid);
  const lastWords = readServerLog(server, options.onLog);
  const exited = new Promise<void>((resolve) => server.once('close', () => resolve()));
  await ready(server, exited, adminUrl, lastWords);
  const { pid } = server;
  if (pid === undefined) throw new Error('PostgreSQL did not start.');

  return {
    port,
    adminUrl,
    pid,
    exited,
    async stop() {
      if (server.exitCode === null && server.signalCode === null) server.kill('SIGINT');
      await exited;
    },
  };
}

async function initialise(initdb: string, dataDir: string, password: string): Promise<void> {
  const account = postgresAccount();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const passwordFile = join(mkdtempSync(join(tmpdir(), 'mm-initdb-')), 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  try {
    if (account) {
      chownSync(dataDir, account.uid, account.gid);
      chownSync(dirname(passwordFile), account.uid, account.gid);
      chownSync(passwordFile, account.uid, account.gid);
      if (!isReachable(dataDir, account)) {
        throw new Error(
          `PostgreSQL may not run as root, and the unprivileged account it runs as cannot reach ${dataDir}. Set DATA_DIR to a folder below one that everybody may enter.`,
        );
      }
    }
    const flags = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'];
    await run(initdb, ['-D', dataDir, ...flags, '--locale=C.UTF-8', '--no-sync'], { ...account, cwd: dataDir });
  } catch (error) {
    // A half-made cluster would be mistaken for a whole one next time.
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(dirname(passwordFile), { recursive: true, force: true });
  }
}

function refuseSecondPostmaster(dataDir: string): void {
  const pidFile = join(dataDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (isPostmaster(pid)) throw new Error(`PostgreSQL already runs on ${dataDir} (process ${pid}).`);
  // After a crash the number may belong to any process: PostgreSQL would refuse to start because of a stranger.
  rmSync(pidFile);
}

function isPostmaster(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    // No /proc (macOS): believe the pid file.
    return process.platform !== 'linux';
  }
}

async function ready(
  server: ChildProcess,
  exited: Promise<void>,
  adminUrl: string,
  lastWords: readonly string[],
): Promise<void> {
  let gone = false;
  void exited.then(() => {
    gone = true;
  });
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && !gone) {
    const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('select 1');
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await client.end().catch(() => {});
    }
  }
  server.kill('SIGQUIT');
  throw new Error(`PostgreSQL did not become ready. Its last words:\n${lastWords.join('\n')}`);
}

/** A password for a local role: 192 random bits, URL-safe. */
export function randomPassword(): string {
  return randomBytes(24).toString('base64url');
}
