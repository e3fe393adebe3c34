import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresAccount } from '../postgres-binaries.ts';
import { clusterFolder, removeClusterOutside } from './cluster-folder.ts';
import { LaunchError } from './launch-error.ts';

const MARKER = '.motion-mavericks-data';

/** Where things are in the data folder. Everything that is secret is readable by its owner only. */
export type DataFolder = {
  root: string;
  postgres: string;
  identity: string;
  mailbox: string;
  mux: string;
  samples: string;
  /** Checkpoints of the audit log, outside the database. */
  audit: string;
  logs: string;
  run: string;
  secrets: string;
};

function layout(root: string): DataFolder {
  const below = (name: string) => join(root, name);
  return {
    root,
    postgres: below('postgres'),
    identity: below('identity'),
    mailbox: below('mailbox'),
    mux: below('mux'),
    samples: below('samples'),
    audit: below('audit'),
    logs: below('logs'),
    run: below('run'),
    secrets: below('secrets'),
  };
}

/**
 * Opens the data folder, making it at the first start. A folder that holds something else is refused: `reset` deletes what
 * is in it.
 * @throws LaunchError when `root` has contents that are not ours
 */
export function openDataFolder(root: string): DataFolder {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const marker = join(root, MARKER);
  if (!existsSync(marker)) {
    if (readdirSync(root).length > 0) {
      throw new LaunchError(
        `DATA_DIR: ${root} is not empty and was not made by this command. Choose a folder of its own.`,
      );
    }
    writeFileSync(marker, 'Made by the embedded stack of the Motion Mavericks back office; "reset" empties it.\n', {
      mode: 0o600,
    });
  }
  // PostgreSQL runs as another account when we are root, and has to get through.
  chmodSync(root, postgresAccount() ? 0o711 : 0o700);
  const folder = layout(root);
  for (const path of [
    folder.identity,
    folder.mailbox,
    folder.mux,
    folder.samples,
    folder.audit,
    folder.logs,
    folder.run,
    folder.secrets,
  ]) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }
  return { ...folder, postgres: clusterFolder(root, folder.postgres) };
}

/** The folder as it is, or undefined when no stack was ever started on `root`. */
export function findDataFolder(root: string): DataFolder | undefined {
  return existsSync(join(root, MARKER)) ? layout(root) : undefined;
}

/** Deletes everything in the data folder, and the cluster that had to be put elsewhere. The folder itself stays. */
export function emptyDataFolder(root: string): void {
  removeClusterOutside(root);
  for (const name of readdirSync(root)) {
    if (name !== MARKER) rmSync(join(root, name), { recursive: true, force: true });
  }
  // Last, so that a reset that is interrupted can be done again.
  rmSync(join(root, MARKER), { force: true });
}
