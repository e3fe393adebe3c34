import { type BaseRecord, type CrudFilter, type HttpError, useList } from '@refinedev/core';
import { keepPreviousData } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { PostgrestMeta } from '../../providers/data/index.ts';
import { readHidden, writeHidden } from './hidden-columns.ts';
import { type ListSpec, type ListState, readListState, toCrudFilters, writeListState } from './list-state.ts';

export type ListPageOptions<Row> = {
  resource: string;
  spec: ListSpec;
  /** Filters that are not the reader's to change. */
  permanent?: readonly CrudFilter[];
  meta?: PostgrestMeta;
  /** Milliseconds until the list is read again, or false. */
  pollMs?: (rows: readonly Row[]) => number | false;
};

export type ListPage<Row> = {
  spec: ListSpec;
  state: ListState;
  /** Changes part of the state; anything but a new page leads back to page 1. */
  change: (part: Partial<ListState>) => void;
  rows: readonly Row[];
  total: number;
  /** There are `total` rows or more: nobody counted further. */
  isCapped: boolean;
  isLoading: boolean;
  /** Rows of the former state are shown while the new ones are on their way. */
  isStale: boolean;
  error: HttpError | null;
  refetch: () => void;
  /** Goes to a page; to the next one or the one before it from the rows that are shown, which costs the same however far in. */
  goTo: (page: number, size: number) => void;
  /** Of a list whose state stands in the URL: what else stands there. */
  address?: ListAddress;
};

export type ListAddress = {
  resource: string;
  /** Columns that the reader left out. */
  hidden: readonly string[];
  hide: (keys: readonly string[]) => void;
};

type HeldState = readonly [ListState, (next: ListState) => void];

/** A list whose state stands in the URL. */
export function useListPage<Row extends BaseRecord>(options: ListPageOptions<Row>): ListPage<Row> {
  const { spec } = options;
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => readListState(spec, params), [spec, params]);
  const setState = useCallback(
    (next: ListState) =>
      setParams((now) => writeHidden(writeListState(spec, next), readHidden(now)), { preventScrollReset: true }),
    [spec, setParams],
  );
  const { resource } = options;
  const address = useMemo(
    (): ListAddress => ({
      resource,
      hidden: readHidden(params),
      hide: (keys) => setParams((now) => writeHidden(now, keys), { replace: true, preventScrollReset: true }),
    }),
    [resource, params, setParams],
  );
  // A number that stands on a page for long is no guess: counted as far as the server answers at once, and said to be more beyond that.
  const meta: PostgrestMeta = { count: 'capped', ...options.meta };
  return { ...useListOf({ ...options, meta }, [state, setState]), address };
}

/** A list inside another page: its state is its own. */
export function useEmbeddedList<Row extends BaseRecord>(
  options: ListPageOptions<Row> & { pageSize: number },
): ListPage<Row> {
  const { spec, pageSize } = options;
  const [state, setState] = useState<ListState>(() => ({
    ...readListState(spec, new URLSearchParams()),
    size: pageSize,
  }));
  return useListOf(options, [state, setState]);
}

function useListOf<Row extends BaseRecord>(options: ListPageOptions<Row>, [state, setState]: HeldState): ListPage<Row> {
  const { resource, spec, permanent = [], meta = {}, pollMs } = options;
  const { query, result } = useList<Row>({
    resource,
    pagination: { currentPage: state.page, pageSize: state.size },
    sorters: [state.sort],
    filters: [...permanent, ...toCrudFilters(spec, state.values)],
    meta: state.cursor ? { ...meta, cursor: state.cursor } : meta,
    queryOptions: {
      placeholderData: keepPreviousData,
      ...(pollMs ? { refetchInterval: ({ state: { data } }) => pollMs(data?.data ?? []) } : {}),
    },
    // Shown in the list's own place instead.
    errorNotification: false,
  });

  const change = useCallback(
    (part: Partial<ListState>) => setState({ ...state, page: 1, cursor: undefined, ...part }),
    [state, setState],
  );
  const { next, prev }: { next?: string; prev?: string } = query.data?.cursor ?? {};
  const goTo = (page: number, size: number) => {
    const neighbour = page === state.page + 1 ? next : page === state.page - 1 && page > 1 ? prev : undefined;
    change({ page, size, cursor: size === state.size && !query.isPlaceholderData ? neighbour : undefined });
  };

  // Rows went away while somebody stood on the last page, or the address is from yesterday or from somebody else.
  const isLost =
    query.error?.statusCode === 416 ||
    query.error?.code === 'query.bad_cursor' ||
    (state.cursor !== undefined && !query.isPlaceholderData && query.data?.data.length === 0);
  const beyondEnd = isLost && state.page > 1;
  useEffect(() => {
    if (beyondEnd) setState({ ...state, page: 1, cursor: undefined });
  }, [beyondEnd, state, setState]);

  return {
    spec,
    state,
    change,
    goTo,
    rows: result.data,
    total: result.total ?? 0,
    isCapped: query.data?.isCapped === true,
    isLoading: query.isPending || beyondEnd,
    isStale: query.isPlaceholderData,
    error: query.error,
    refetch: () => void query.refetch(),
  };
}
