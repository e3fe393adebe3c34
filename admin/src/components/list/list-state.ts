import type { CrudFilter, CrudSort } from '@refinedev/core';

/**
 * What a list may be asked, and how that stands in the URL: `?q=pump&status=ready,errored&sort=-created_at&page=2`.
 * The URL is whatever somebody typed or was sent: anything in it that the list does not know is left out.
 */
export type FilterSpec =
  /** One text, searched in these columns. */
  | { kind: 'search'; fields: readonly string[] }
  /** Any of these values. */
  | { kind: 'choice'; field: string; values: readonly string[] }
  /** The id of one record. */
  | { kind: 'record'; field: string }
  /** Exactly this text. */
  | { kind: 'text'; field: string }
  /** From and to, each may be open; in the URL as `from~to`, ISO 8601. Both ends belong to it, unless its end is left out. */
  | { kind: 'range'; field: string; endLeftOut?: true };

export type ListSpec = {
  filters: Readonly<Record<string, FilterSpec>>;
  /** Columns the list can be sorted by. */
  sortable: readonly string[];
  initialSort: CrudSort;
};

/** Values by the name of the filter; a range is `[from, to]` with '' for an open end. A filter that asks nothing is absent. */
export type FilterValues = Readonly<Record<string, readonly string[]>>;

export type ListState = {
  page: number;
  size: number;
  sort: CrudSort;
  values: FilterValues;
  /** Where the page begins, when its neighbour told: as the data provider wrote it. Without one the rows before it are counted off. */
  cursor?: string | undefined;
};

export const pageSizes = [10, 25, 50, 100] as const;
export const defaultPageSize = 25;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const longestText = 200;
const longestCursor = 2000;

export function readListState(spec: ListSpec, params: URLSearchParams): ListState {
  const size = Number(params.get('size'));
  const page = Number(params.get('page'));
  const values: Record<string, readonly string[]> = {};
  for (const [name, filter] of Object.entries(spec.filters)) {
    const read = readValues(filter, params.get(name));
    if (read.length > 0) values[name] = read;
  }
  const isLater = Number.isSafeInteger(page) && page > 1;
  return {
    page: isLater ? page : 1,
    ...(isLater ? readCursor(params.get('at')) : {}),
    size: pageSizes.find((known) => known === size) ?? defaultPageSize,
    sort: readSort(spec, params.get('sort')),
    values,
  };
}

function readCursor(given: string | null): Pick<ListState, 'cursor'> {
  return given !== null && given.length <= longestCursor && /^[\w-]+$/.test(given) ? { cursor: given } : {};
}

function readSort(spec: ListSpec, given: string | null): CrudSort {
  const field = given?.replace(/^-/, '');
  if (!given || !field || !spec.sortable.includes(field)) return spec.initialSort;
  return { field, order: given.startsWith('-') ? 'desc' : 'asc' };
}

function readValues(filter: FilterSpec, given: string | null): string[] {
  if (given === null) return [];
  switch (filter.kind) {
    case 'search':
    case 'text': {
      const text = given.trim().slice(0, longestText);
      return text === '' ? [] : [text];
    }
    case 'choice':
      return filter.values.filter((value) => given.split(',').includes(value));
    case 'record':
      return uuid.test(given) ? [given] : [];
    case 'range': {
      const [from = '', to = ''] = given.split('~').map((end) => (Number.isNaN(Date.parse(end)) ? '' : end));
      return from || to ? [from, to] : [];
    }
  }
}

/** The URL of a state; what is as it would be anyway is left out, so that a fresh list has a bare address. */
export function writeListState(spec: ListSpec, state: ListState): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, filter] of Object.entries(spec.filters)) {
    const values = state.values[name];
    if (values && values.length > 0) params.set(name, values.join(filter.kind === 'range' ? '~' : ','));
  }
  const { initialSort } = spec;
  if (state.sort.field !== initialSort.field || state.sort.order !== initialSort.order) {
    params.set('sort', `${state.sort.order === 'desc' ? '-' : ''}${state.sort.field}`);
  }
  if (state.page > 1) params.set('page', String(state.page));
  if (state.page > 1 && state.cursor) params.set('at', state.cursor);
  if (state.size !== defaultPageSize) params.set('size', String(state.size));
  return params;
}

/** What the server is asked. */
export function toCrudFilters(spec: ListSpec, values: FilterValues): CrudFilter[] {
  return Object.entries(spec.filters).flatMap(([name, filter]) => {
    const set = values[name] ?? [];
    return set.length === 0 ? [] : [toCrudFilter(filter, set)];
  });
}

function toCrudFilter(filter: FilterSpec, values: readonly string[]): CrudFilter {
  const [first, second] = values;
  switch (filter.kind) {
    case 'search':
      return {
        operator: 'or',
        value: filter.fields.map((field) => ({ field, operator: 'contains', value: first })),
      };
    case 'choice':
      return { field: filter.field, operator: 'in', value: [...values] };
    case 'record':
    case 'text':
      return { field: filter.field, operator: 'eq', value: first };
    case 'range': {
      const [from, to] = [first || null, second || null];
      if (!filter.endLeftOut) return { field: filter.field, operator: 'between', value: [from, to] };
      return {
        operator: 'and',
        value: [
          ...(from ? [{ field: filter.field, operator: 'gte', value: from } as const] : []),
          ...(to ? [{ field: filter.field, operator: 'lt', value: to } as const] : []),
        ],
      };
    }
  }
}

/** How many filters are set, the search apart: what a closed "Filters" button has to say. */
export function countFilters(spec: ListSpec, values: FilterValues): number {
  return Object.keys(values).filter((name) => spec.filters[name]?.kind !== 'search').length;
}
