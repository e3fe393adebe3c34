import { createHash } from 'node:crypto';
import { chownSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isReachable, postgresAccount, type RunAs } from '../postgres-binaries.ts';
import { LaunchError } from './launch-error.ts';
import { markOf } from './process-table.ts';

const OUTSIDE = '/var/tmp';
const PREFIX = 'motion-mavericks-cluster-';
/** Names the data folder that a cluster outside belongs to. */
const ORIGIN = 'data-folder';

/**
 * Where the database cluster of a data folder is. PostgreSQL refuses to run as root and then runs as an unprivileged
 * account, which cannot enter a checkout below root's home. In that case, and only then, the cluster lies in /var/tmp, in a
 * folder of root's that is named after the data folder. Clusters there whose data folder somebody has deleted are removed.
 *
 * @param preferred the place inside the data folder
 * @throws LaunchError when the account can enter neither place
 */
export function clusterFolder(dataFolder: string, preferred: string): string {
  const account = postgresAccount();
  if (!account) return preferred;
  if (claim(preferred, account)) return preferred;
  removeForgotten();
  const outside = outsideOf(dataFolder);
  mkdirSync(outside, { recursive: true, mode: 0o711 });
  const found = lstatSync(outside);
  if (found.isDirectory() && found.uid === 0) {
    writeFileSync(join(outside, ORIGIN), dataFolder, { mode: 0o600 });
    const cluster = join(outside, 'postgres');
    if (claim(cluster, account)) return cluster;
  }
  throw new LaunchError(
    `PostgreSQL may not run as root, and the account it runs as can enter neither ${preferred} nor ${outside}. Set DATA_DIR to a folder that everybody may enter.`,
  );
}

/** Deletes the cluster that had to be put outside the data folder, if there is one. */
export function removeClusterOutside(dataFolder: string): void {
  if (postgresAccount()) rmSync(outsideOf(dataFolder), { recursive: true, force: true });
}

function outsideOf(dataFolder: string): string {
  return join(OUTSIDE, PREFIX + createHash('sha256').update(dataFolder).digest('hex').slice(0, 12));
}

/** Makes the folder and gives it to the account; false when the account cannot get there, or the folder is a stranger's. */
function claim(path: string, account: RunAs): boolean {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const found = lstatSync(path);
  if (!found.isDirectory() || (found.uid !== 0 && found.uid !== account.uid)) return false;
  chownSync(path, account.uid, account.gid);
  return isReachable(path, account);
}

function removeForgotten(): void {
  for (const name of readdirSync(OUTSIDE).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(OUTSIDE, name);
    const origin = readText(join(folder, ORIGIN));
    if (lstatSync(folder).uid !== 0 || origin === undefined || existsSync(origin)) continue;
    const postmaster = Number(readText(join(folder, 'postgres', 'postmaster.pid'))?.split('\n')[0]);
    if (postmaster > 0 && markOf(postmaster)) continue;
    rmSync(folder, { recursive: true, force: true });
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
