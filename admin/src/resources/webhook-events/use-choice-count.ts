import { type HttpError, useList } from '@refinedev/core';
import type { WebhookEventRow } from '../rows.ts';
import type { Choice } from './choice.ts';

/** How many events a choice holds, counted in full; undefined until that is known. */
export function useChoiceCount({ count, filters }: Choice): number | undefined {
  const { query, result } = useList<WebhookEventRow, HttpError>({
    resource: 'webhook_events',
    filters: [...filters],
    pagination: { currentPage: 1, pageSize: 1 },
    meta: { count: 'exact', select: 'id' },
    queryOptions: { enabled: count === undefined, staleTime: 0 },
  });
  if (count !== undefined) return count;
  return query.isSuccess ? (result.total ?? 0) : undefined;
}
