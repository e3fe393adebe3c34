import { createHash } from 'node:crypto';

/** The same items in an order that only the seed decides, so that a run can be repeated. */
export function shuffled<Item>(items: readonly Item[], seed: string): Item[] {
  const rank = (index: number) => createHash('sha256').update(`${seed}:${index}`).digest('hex');
  return items
    .map((item, index) => ({ item, rank: rank(index) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ item }) => item);
}
