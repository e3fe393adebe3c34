import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes that a disk has room for while it is not full. Memory is taken only for what is really written. */
const roomyBytes = 3 * 2 ** 30;

/** A folder on a disk of its own, whose end can be brought near. */
export type SmallDisk = {
  readonly folder: string;
  /** Leaves no room for so much as one more page. */
  fill(): void;
  /** Room again. */
  free(): void;
  remove(): void;
};

const mount = (...options: string[]): boolean => spawnSync('mount', options, { stdio: 'ignore' }).status === 0;

/** Whether it could be done: not below what is on it. */
const setSize = (folder: string, bytes: number): boolean => mount('-o', `remount,size=${bytes}`, folder);

/** Times that the end is brought near: something may be written between looking and doing. */
const fillAttempts = 50;

/**
 * A disk in memory. Only root may mount one.
 * @returns undefined where that is not allowed; the disk cannot be made full there, and nothing else suffers.
 */
export function makeSmallDisk(): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'mm-faults-disk-'));
  if (!mount('-t', 'tmpfs', '-o', `size=${roomyBytes},mode=0700`, 'mm-faults', folder)) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  return {
    folder,
    fill() {
      for (let attempt = 0; attempt < fillAttempts; attempt += 1) {
        const { blocks, bfree, bsize } = statfsSync(folder);
        if (setSize(folder, (blocks - bfree) * bsize)) return;
      }
      throw new Error(`${folder} could not be made full.`);
    },
    free() {
      if (!setSize(folder, roomyBytes)) throw new Error(`${folder} could not be given room again.`);
    },
    remove() {
      // Lazily: who was killed may take a moment to be gone.
      spawnSync('umount', ['-l', folder], { stdio: 'ignore' });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
