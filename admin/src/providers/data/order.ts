import type { CrudSort } from '@refinedev/core';
import { fieldName } from './field.ts';

export type OrderTerm = { column: string; ascending: boolean; nullsFirst: boolean | undefined };

/**
 * The order of a list, always total: rows that are equal in every asked column are told apart by the primary key, or the
 * same row could stand on two pages. The key runs the way the last asked column runs, so that one index serves both.
 *
 * @param nullsLast Columns whose empty values come last in either direction. Not the default: an index of Postgres
 *   serves `desc` only with nulls first.
 */
export function orderTerms(
  sorters: readonly CrudSort[] | undefined,
  primaryKey: string,
  nullsLast: readonly string[] = [],
): OrderTerm[] {
  const terms = (sorters ?? []).map(({ field, order }) => ({
    column: fieldName(field),
    ascending: order === 'asc',
    nullsFirst: nullsLast.includes(field) ? false : undefined,
  }));
  if (!terms.some((term) => term.column === primaryKey)) {
    terms.push({ column: fieldName(primaryKey), ascending: terms.at(-1)?.ascending ?? true, nullsFirst: undefined });
  }
  return terms;
}
