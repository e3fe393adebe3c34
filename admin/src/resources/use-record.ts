import { type BaseRecord, type HttpError, useOne } from '@refinedev/core';
import type { PostgrestMeta } from '../providers/data/index.ts';

export type RecordOptions<Row> = {
  resource: string;
  id: string | undefined;
  meta?: PostgrestMeta;
  pollMs?: (row: Row | undefined) => number | false;
};

/** One row of a view. A malformed id in the address is a row that does not exist, not a question to the server. */
export function useRecord<Row extends BaseRecord>({ resource, id, meta, pollMs }: RecordOptions<Row>) {
  const { query, result } = useOne<Row, HttpError>({
    resource,
    id: id ?? '',
    ...(meta ? { meta } : {}),
    queryOptions: {
      enabled: id !== undefined,
      ...(pollMs ? { refetchInterval: ({ state: { data } }) => pollMs(data?.data) } : {}),
    },
    errorNotification: false,
  });
  return { row: result, error: query.error, isLoading: query.isPending, refetch: () => void query.refetch() };
}
