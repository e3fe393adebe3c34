import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';

const SETTLE_MS = 150;

/**
 * Calls `apply` when a file below one of the folders changes, once for a burst of changes and never twice at a time.
 * @returns stops watching
 */
export function watchFolders(folders: readonly string[], apply: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let queue = Promise.resolve();
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      queue = queue.then(apply);
    }, SETTLE_MS);
  };
  const watchers: FSWatcher[] = folders.map((folder) => watch(folder, { recursive: true }, changed));
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/** Folders whose SQL is re-applied while developing. */
export const sqlFolders = (repository: string): string[] => [
  ...['roles', 'functions', 'triggers', 'api', 'migrations'].map((name) => join(repository, 'sql', name)),
  join(repository, 'policies'),
];
