import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the workspace: paths of SQL files are told relative to it. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A file of SQL in the repository. */
export type SqlFile = {
  /** Relative to the root, with forward slashes: `sql/api/videos.sql`. */
  path: string;
  text: string;
  /** SHA-256 of the text, hex. */
  checksum: string;
};

/** Reads every `.sql` file of a folder and its sub-folders, in the order of their paths. */
export function readSqlFiles(folder: string): SqlFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sql'))
    .map((name) => readSqlFile(join(folder, name)))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

export function readSqlFile(path: string): SqlFile {
  const absolute = join(root, path);
  const text = readFileSync(absolute, 'utf8');
  return {
    path: relative(root, absolute).split(sep).join('/'),
    text,
    checksum: createHash('sha256').update(text).digest('hex'),
  };
}
