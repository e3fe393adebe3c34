import { type BaseRecord, type CrudFilter, type CrudSort, type HttpError, useList } from '@refinedev/core';

type Options = {
  resource: string;
  filters?: CrudFilter[];
  sorters: CrudSort[];
  pollMs: number;
};

/** The first fifty rows of a view, in the shape that a table of readings shows. */
export function useRows<Row extends BaseRecord>({ resource, filters = [], sorters, pollMs }: Options) {
  const { query, result } = useList<Row, HttpError>({
    resource,
    filters,
    sorters,
    pagination: { currentPage: 1, pageSize: 50 },
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
