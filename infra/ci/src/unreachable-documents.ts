import { posix } from 'node:path';

/**
 * The documents that no chain of links leads to.
 * @param documents the Markdown text of each file, by its path from the repository's root, with forward slashes
 * @param start the path of the page to begin at
 */
export function unreachableDocuments(documents: ReadonlyMap<string, string>, start: string): string[] {
  const reached = new Set<string>();
  const waiting = [start];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const text = documents.get(path);
    if (text === undefined || reached.has(path)) continue;
    reached.add(path);
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s#]+)/g)) {
      if (!URL.canParse(target)) waiting.push(posix.join(posix.dirname(path), target));
    }
  }
  return [...documents.keys()].filter((path) => !reached.has(path)).sort();
}
