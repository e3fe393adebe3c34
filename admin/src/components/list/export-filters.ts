import type { CrudFilter } from '@refinedev/core';

/** A filter as the api's export of a list takes it: a comparison, or any of several. */
export type ExportFilter =
  | { field: string; operator: string; value: string | string[] }
  | { operator: 'or'; value: ExportFilter[] };

/** The filters of a list in the words of its export, which knows no nesting but the one of a search. All of them hold. */
export function exportFilters(filters: readonly CrudFilter[]): ExportFilter[] {
  return filters.flatMap((filter): ExportFilter[] => {
    if (!('field' in filter)) {
      const inner = exportFilters(filter.value);
      return filter.operator === 'and' ? inner : [{ operator: 'or', value: inner }];
    }
    const { field, operator, value } = filter;
    if (operator !== 'between') return [{ field, operator, value }];
    const [from, to] = value;
    return [
      ...(from ? [{ field, operator: 'gte', value: from }] : []),
      ...(to ? [{ field, operator: 'lte', value: to }] : []),
    ];
  });
}
