import type { Column } from './data-list.tsx';

/** The name under which an address holds the columns that its reader left out: `?hide=coach_name,created_at`. */
export const hideParameter = 'hide';

/** @returns what stands in an address; what is no name of a column is left out */
export function readHidden(params: URLSearchParams): string[] {
  const names = (params.get(hideParameter) ?? '').split(',').filter((name) => /^[a-z][a-z0-9_]{0,62}$/.test(name));
  return [...new Set(names)];
}

/** The same address with other columns left out. */
export function writeHidden(params: URLSearchParams, hidden: readonly string[]): URLSearchParams {
  const next = new URLSearchParams(params);
  if (hidden.length === 0) next.delete(hideParameter);
  else next.set(hideParameter, hidden.join(','));
  return next;
}

/** Columns that may be left out: not the one that names the row, and not what can be done with it. */
export function isHideable({ card, hideTitle }: Pick<Column<never>, 'card' | 'hideTitle'>): boolean {
  return card !== 'heading' && !hideTitle;
}
