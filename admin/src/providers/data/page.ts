import type { Pagination } from '@refinedev/core';

/**
 * How the total of a list is found (`meta.count`).
 *
 * - `estimated` (default): exact up to the server's row limit, the planner's guess beyond it. A list of a million rows
 *   costs no more than one of a thousand.
 * - `exact`: counted in full, however long that takes. Ask for it only where the number itself is what people want.
 * - `capped`: counted, but no further than `countCap`; the answer's `isCapped` says that there are so many or more. Never a guess.
 * - `planned`: the planner's guess only.
 * - `none`: not counted. The total is what has been seen so far, plus one when the page was full, so that "next" works.
 */
export type CountMode = 'estimated' | 'exact' | 'capped' | 'planned' | 'none';

export type PageRange = { from: number; to: number };

/** The rows of one page, both ends included; undefined when the caller wants no paging. */
export function pageRange(pagination: Pagination | undefined): PageRange | undefined {
  if (pagination?.mode === 'off' || pagination?.mode === 'client') return undefined;
  const size = pagination?.pageSize ?? 10;
  const page = typeof pagination?.currentPage === 'number' ? pagination.currentPage : 1;
  const from = (page - 1) * size;
  return { from, to: from + size - 1 };
}

/** The total to show when the server was not asked for one, or could not say. */
export function totalWithoutCount(range: PageRange | undefined, rows: number): number {
  if (!range) return rows;
  const size = range.to - range.from + 1;
  return range.from + rows + (rows === size ? 1 : 0);
}
