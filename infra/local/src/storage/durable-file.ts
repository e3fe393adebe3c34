import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Replaces a file in one step: a reader, or a process that starts after a crash, sees the old contents or the new, never
 * half of them. Folders are made as needed (0700).
 *
 * @param mode permissions of the file; 0600 unless told, because most of what is kept here is a secret
 */
export function replaceFile(path: string, contents: string | Uint8Array, mode = 0o600): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const partial = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(partial, contents, { mode });
  renameSync(partial, path);
}

/** Writes `value` as JSON by {@link replaceFile}. */
export function replaceJson(path: string, value: unknown, mode = 0o600): void {
  replaceFile(path, `${JSON.stringify(value, null, 2)}\n`, mode);
}

/**
 * Reads a JSON file; undefined when there is none.
 * @throws Error naming the file when it is not JSON, so that a damaged file is repaired by a person and not overwritten
 */
export function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${path} is not valid JSON. Repair it, or remove it to start afresh.`, { cause });
  }
}
