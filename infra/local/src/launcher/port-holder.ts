import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export type PortHolder = { pid: number; command: string };

/** Who listens on a TCP port of this machine; undefined when it cannot be told (another user's process, for one). */
export function findPortHolder(port: number): PortHolder | undefined {
  try {
    return process.platform === 'linux' ? onLinux(port) : withLsof(port);
  } catch {
    return undefined;
  }
}

const LISTENING = '0A';

function onLinux(port: number): PortHolder | undefined {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      const [local, state, inode] = [fields[1], fields[3], fields[9]];
      if (local?.endsWith(suffix) && state === LISTENING && inode) inodes.add(`socket:[${inode}]`);
    }
  }
  if (inodes.size === 0) return undefined;
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (Number.isInteger(pid) && holdsAny(pid, inodes)) return { pid, command: commandOf(pid) };
  }
  return undefined;
}

function holdsAny(pid: number, links: Set<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((descriptor) => {
      try {
        return links.has(readlinkSync(`/proc/${pid}/fd/${descriptor}`));
      } catch {
        return false;
      }
    });
  } catch {
    return false;
  }
}

function commandOf(pid: number): string {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  return command.length > 80 ? `${command.slice(0, 79)}…` : command;
}

function withLsof(port: number): PortHolder | undefined {
  const listing = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { encoding: 'utf8' });
  const pid = Number(/^p(\d+)$/m.exec(listing)?.[1]);
  return Number.isInteger(pid) && pid > 0 ? { pid, command: /^c(.+)$/m.exec(listing)?.[1] ?? '?' } : undefined;
}
