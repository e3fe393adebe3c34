import { text } from '../../locales/index.ts';

/** How many findings a run had, of all kinds: `found` holds them by kind and action. */
export function findingsTotal(found: Readonly<Record<string, unknown>>): number {
  return Object.values(found).reduce<number>((sum, n) => sum + (typeof n === 'number' ? n : 0), 0);
}

/** What a finding is; one that is newer than this page keeps its own name. */
export function kindWords(kind: string): string {
  const words: Readonly<Record<string, string>> = text.reconciliation.findings;
  return Object.hasOwn(words, kind) ? (words[kind] ?? kind) : kind;
}
