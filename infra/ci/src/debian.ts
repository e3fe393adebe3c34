import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Whether this machine can fetch and unpack packages of Debian. */
export function canUnpackDebian(): boolean {
  return existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg-deb');
}

/**
 * Fetches packages of Debian and unpacks them into `<work>/root`. apt works with folders of its own here, so it needs no root and leaves
 * the machine's packages alone.
 * @param alone without what they depend on
 * @returns whether that succeeded; if not, `work` is gone
 */
export function unpackDebian(packages: readonly string[], work: string, { alone = false } = {}): boolean {
  rmSync(work, { recursive: true, force: true });
  for (const folder of ['state/lists/partial', 'archives/partial', 'root']) {
    mkdirSync(join(work, folder), { recursive: true });
  }
  const options = [
    `Dir::State=${work}/state`,
    'Dir::State::status=/var/lib/dpkg/status',
    `Dir::Cache=${work}`,
    'Debug::NoLocking=1',
    'APT::Sandbox::User=',
  ].flatMap((option) => ['-o', option]);
  const archives = join(work, 'archives');
  try {
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'] };
    execFileSync('apt-get', [...options, '-qq', 'update'], quiet);
    if (alone) {
      execFileSync('apt-get', [...options, '-qq', 'download', ...packages], { ...quiet, cwd: archives });
    } else {
      const install = ['-qq', '-y', '--no-install-recommends', '--download-only', '--reinstall', 'install'];
      execFileSync('apt-get', [...options, ...install, ...packages], quiet);
    }
    for (const name of readdirSync(archives).filter((file) => file.endsWith('.deb'))) {
      execFileSync('dpkg-deb', ['-x', join(archives, name), join(work, 'root')]);
    }
  } catch {
    rmSync(work, { recursive: true, force: true });
    return false;
  }
  rmSync(archives, { recursive: true, force: true });
  rmSync(join(work, 'state'), { recursive: true, force: true });
  return true;
}
