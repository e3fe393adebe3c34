import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canUnpackDebian, unpackDebian } from './debian.ts';
import { say } from './output.ts';
import { root } from './steps.ts';

const cached = join(root, '.cache', 'promtool', 'promtool');

const works = (program: string): boolean => spawnSync(program, ['--version'], { timeout: 60_000 }).status === 0;

/**
 * Finds Prometheus' promtool, or gets it: PROMTOOL_PATH, the machine's own, or the one of Debian's package unpacked below `.cache`
 * (needs no root and changes nothing on the machine).
 */
export function findPromtool(): string | undefined {
  const { PROMTOOL_PATH } = process.env;
  for (const program of [...(PROMTOOL_PATH ? [PROMTOOL_PATH] : []), 'promtool', cached]) {
    if (works(program)) return program;
  }
  if (!canUnpackDebian()) return undefined;
  say('Fetching promtool from Debian’s package prometheus into .cache/promtool (once, about 20 MB) …');
  const work = `${dirname(cached)}.partial`;
  if (!unpackDebian(['prometheus'], work, { alone: true })) return undefined;
  mkdirSync(dirname(cached), { recursive: true });
  copyFileSync(join(work, 'root/usr/bin/promtool'), cached);
  rmSync(work, { recursive: true, force: true });
  return works(cached) ? cached : undefined;
}
