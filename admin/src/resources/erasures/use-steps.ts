import { type HttpError, useList } from '@refinedev/core';
import type { StepRow } from './answers.ts';

/** More than a plan has: one step for each personal column, and some for each video. */
const pageSize = 500;

/** The steps of a request in the order in which they are carried out. */
export function useSteps(requestId: string, pollMs: number) {
  const { query, result } = useList<StepRow, HttpError>({
    resource: 'erasure_steps',
    filters: [{ field: 'request_id', operator: 'eq', value: requestId }],
    sorters: [
      { field: 'phase', order: 'asc' },
      { field: 'target', order: 'asc' },
    ],
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
