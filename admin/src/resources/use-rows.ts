import { type BaseRecord, type CrudFilter, type CrudSort, type HttpError, useList } from '@refinedev/core';

type Options = {
  resource: string;
  filters?: CrudFilter[];
  sorters: CrudSort[];
  /** How many there can be: all are read at once. */
  pageSize?: number;
  pollMs: number;
};

/** The first rows of a view, read anew as time passes, in the shape that a table of readings shows. */
export function useRows<Row extends BaseRecord>({ resource, filters = [], sorters, pageSize = 50, pollMs }: Options) {
  const { query, result } = useList<Row, HttpError>({
    resource,
    filters,
    sorters,
    pagination: { currentPage: 1, pageSize },
    queryOptions: { refetchInterval: pollMs },
    errorNotification: false,
  });
  return {
    rows: query.data ? result.data : undefined,
    error: query.error,
    isLoading: query.isPending,
    refetch: () => void query.refetch(),
  };
}
