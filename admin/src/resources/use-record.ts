import { type BaseRecord, type HttpError, useOne } from '@refinedev/core';
import { text } from '../locales/index.ts';
import { ApiError, type PostgrestMeta } from '../providers/data/index.ts';

export type RecordOptions<Row> = {
  resource: string;
  id: string | undefined;
  meta?: PostgrestMeta;
  pollMs?: (row: Row | undefined) => number | false;
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One row of a view. A malformed id in the address is a row that does not exist, not a question to the server. */
export function useRecord<Row extends BaseRecord>({ resource, id, meta, pollMs }: RecordOptions<Row>) {
  const askable = id !== undefined && uuid.test(id);
  const { query, result } = useOne<Row, HttpError>({
    resource,
    id: id ?? '',
    ...(meta ? { meta } : {}),
    queryOptions: {
      enabled: askable,
      ...(pollMs ? { refetchInterval: ({ state: { data } }) => pollMs(data?.data) } : {}),
    },
    errorNotification: false,
  });
  const malformed = id !== undefined && !askable;
  return {
    row: result,
    error: malformed ? missing : query.error,
    isLoading: query.isPending && !malformed,
    refetch: () => void (askable && query.refetch()),
  };
}

const missing = new ApiError({ statusCode: 404, code: 'row.malformed_id', message: text.problems.notFound });
