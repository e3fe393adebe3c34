import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres } from '../postgres.ts';
import { startPostgrest } from '../postgrest.ts';
import type { RunningService, Service } from './service.ts';

/**
 * PostgreSQL. A cluster that never became ready, because the first start was killed in the middle of it, holds nothing and
 * is made anew.
 */
export function postgresService(options: {
  dataDir: string;
  runFolder: string;
  port: number;
  password: string;
}): Service {
  return {
    name: 'postgres',
    stopSignal: 'SIGINT',
    async launch({ onLine, onSpawn, signal }) {
      signal.throwIfAborted();
      const firstTime = join(options.runFolder, 'cluster-is-being-made');
      if (existsSync(firstTime)) rmSync(options.dataDir, { recursive: true, force: true });
      if (!existsSync(join(options.dataDir, 'PG_VERSION'))) writeFileSync(firstTime, '');
      const postgres = await startPostgres({
        dataDir: options.dataDir,
        port: options.port,
        password: options.password,
        onLog: onLine,
        onSpawn,
      });
      rmSync(firstTime, { force: true });
      return described(postgres, signal);
    },
  };
}

/** PostgREST, the door at /rest. */
export function postgrestService(options: {
  databaseUrl: string;
  jwks: { keys: object[] };
  audience: string;
  port: number;
  adminPort: number;
}): Service {
  return {
    name: 'postgrest',
    stopSignal: 'SIGTERM',
    async launch({ onLine, onSpawn, signal }) {
      signal.throwIfAborted();
      return described(await startPostgrest({ ...options, onLog: onLine, onSpawn }), signal);
    },
  };
}

async function described(
  started: { pid: number; exited: Promise<void>; stop(): Promise<void> },
  signal: AbortSignal,
): Promise<RunningService> {
  const { pid, stop } = started;
  if (signal.aborted) await stop();
  signal.throwIfAborted();
  return { pid, stop, exited: started.exited.then(() => 'ended') };
}
