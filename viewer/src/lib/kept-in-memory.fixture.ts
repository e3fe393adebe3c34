import type { Keeping } from './keeping.ts';

/** What a browser would keep, in memory. */
export function keptInMemory(kept: Record<string, string> = {}): Keeping & { readonly kept: Record<string, string> } {
  return {
    kept,
    get: (key) => kept[key] ?? null,
    set: (key, value) => {
      kept[key] = value;
    },
    remove: (key) => {
      delete kept[key];
    },
  };
}
