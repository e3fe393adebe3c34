import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { canUnpackDebian, unpackDebian } from './debian.ts';
import { say } from './output.ts';
import { root } from './steps.ts';

/** A redis-server that was tried and works, and the environment it needs. */
export type RedisProgram = { executable: string; env: Record<string, string> };

const cache = join(root, '.cache', 'redis');

const works = ({ executable, env }: RedisProgram): boolean =>
  spawnSync(executable, ['--version'], { env: { ...process.env, ...env }, timeout: 60_000 }).status === 0;

function fromCache(): RedisProgram {
  const libraries = join(cache, 'root/usr/lib');
  const folders = existsSync(libraries)
    ? readdirSync(libraries)
        .filter((name) => name.endsWith('-linux-gnu'))
        .map((name) => join(libraries, name))
    : [];
  return {
    executable: join(cache, 'root/usr/bin/redis-server'),
    env: folders.length > 0 ? { LD_LIBRARY_PATH: folders.join(':') } : {},
  };
}

/**
 * Finds a redis-server, or gets one: REDIS_SERVER_PATH, the machine's own, or the one of Debian's package unpacked below `.cache` (needs no
 * root and changes nothing on the machine). Undefined where none can be had.
 */
export function findRedisServer(): RedisProgram | undefined {
  const { REDIS_SERVER_PATH } = process.env;
  const here = [...(REDIS_SERVER_PATH ? [REDIS_SERVER_PATH] : []), 'redis-server'];
  const known = [...here.map((executable) => ({ executable, env: {} })), fromCache()].find(works);
  if (known !== undefined || !canUnpackDebian()) return known;
  say('Fetching redis-server from Debian into .cache/redis (once, about 2 MB) …');
  const work = `${cache}.partial-${process.pid}`;
  // What it links to is named, because a machine may have it already, and then it would not come along.
  if (!unpackDebian(['redis-server', 'redis-tools', 'liblzf1', 'libjemalloc2'], work)) return undefined;
  rmSync(cache, { recursive: true, force: true });
  renameSync(work, cache);
  const fetched = fromCache();
  return works(fetched) ? fetched : undefined;
}
