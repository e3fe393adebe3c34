import { type HttpError, useCustom } from '@refinedev/core';
import { z } from 'zod';

export type RowsOptions = {
  args?: Record<string, unknown>;
  /** Milliseconds until the function is asked again. */
  pollMs?: number;
  /** Nothing of an earlier reading is shown, not even while the new one is under way. */
  fresh?: boolean;
};

/**
 * What a SQL function answers that only reads: several rows or one, parsed, kept like any other reading. For one that changes
 * something, or whose answer is a secret, see `useFunction`.
 */
export function useRowsOf<Row>(name: string, schema: z.ZodType<Row>, { args = {}, pollMs, fresh }: RowsOptions = {}) {
  const { query } = useCustom<Row[], HttpError>({
    url: `rpc/${name}`,
    method: 'post',
    config: { payload: args },
    meta: { many: true },
    queryOptions: {
      select: ({ data }) => ({ data: z.array(schema).parse([data].flat()) }),
      ...(fresh ? { gcTime: 0, staleTime: 0 } : {}),
      ...(pollMs ? { refetchInterval: pollMs } : {}),
    },
    errorNotification: false,
  });
  return {
    rows: query.data?.data,
    error: query.error,
    isLoading: query.isPending,
    refetch: () => void query.refetch(),
  };
}
