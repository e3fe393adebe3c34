/** Pages around the current one, with the first and the last; `gap` stands for those that are left out. */
export type PageSlot = number | 'gap-before' | 'gap-after';

const around = 2;

/** @returns at most nine slots; a gap stands for two pages at least */
export function pagesShown(current: number, last: number): PageSlot[] {
  const pages = new Set<number>([1, last]);
  const from = Math.max(1, Math.min(current - around, last - 2 * around - 2));
  const to = Math.min(last, Math.max(current + around, 2 * around + 3));
  for (let page = from <= 3 ? 1 : from; page <= (to >= last - 2 ? last : to); page += 1) pages.add(page);
  const sorted = [...pages].sort((a, b) => a - b);
  return sorted.flatMap((page, index): PageSlot[] => {
    const before = sorted[index - 1];
    if (before === undefined || page === before + 1) return [page];
    return [page > current ? 'gap-after' : 'gap-before', page];
  });
}
