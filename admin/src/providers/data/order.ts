import type { CrudSort } from '@refinedev/core';
import { badField, fieldPath } from './field.ts';
import { embeds, type Related } from './related.ts';

export type OrderTerm = {
  /** A column, or `_o0(column)` for one of the related row under this alias. */
  column: string;
  ascending: boolean;
  /** Undefined: as Postgres does by itself, which counts empty values as the greatest. */
  nullsFirst: boolean | undefined;
};

export type Order = {
  terms: readonly OrderTerm[];
  /** What has to be in `select` for the order to be asked. */
  embeds: readonly string[];
};

export type NullsPlace = { nullsFirst?: readonly string[] | undefined; nullsLast?: readonly string[] | undefined };

/**
 * The order of a list, always total: rows that are equal in every asked column are told apart by the primary key, or the
 * same row could stand on two pages. The key runs the way the last asked column runs, so that one index serves both.
 *
 * `coach.display_name` sorts by a column of the one related row; PostgREST does so one relation away, and no further.
 *
 * @param nulls Columns whose empty values come first, or last, in either direction. Not the default: an index of Postgres
 *   serves `desc` only with nulls first.
 * @throws ApiError 400 `query.bad_field`
 */
export function orderOf(
  sorters: readonly CrudSort[] | undefined,
  key: readonly string[],
  nulls: NullsPlace = {},
): Order {
  const related: Related[] = [];
  const columnOf = (field: string) => {
    const path = fieldPath(field);
    const [relation, further] = path.relations;
    if (relation === undefined) return path.column;
    if (further !== undefined) throw badField(field);
    const alias = `_o${related.length}`;
    related.push({ alias, relation, tree: '', related: [] });
    return `${alias}(${path.column})`;
  };
  const terms = (sorters ?? []).map(({ field, order }) => ({
    column: columnOf(field),
    ascending: order === 'asc',
    nullsFirst: nulls.nullsLast?.includes(field) ? false : nulls.nullsFirst?.includes(field) ? true : undefined,
  }));
  const ascending = terms.at(-1)?.ascending ?? true;
  for (const column of key) {
    if (!terms.some((term) => term.column === column)) terms.push({ column, ascending, nullsFirst: undefined });
  }
  return { terms, embeds: embeds(related) };
}

/** Whether empty values stand before all others. */
export function areNullsFirst({ ascending, nullsFirst }: OrderTerm): boolean {
  return nullsFirst ?? !ascending;
}

/** The same order read from its end. */
export function reversed(term: OrderTerm): OrderTerm {
  return {
    column: term.column,
    ascending: !term.ascending,
    nullsFirst: term.nullsFirst === undefined ? undefined : !term.nullsFirst,
  };
}
