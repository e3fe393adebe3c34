import { type HttpError, useList } from '@refinedev/core';
import type { SessionRow } from './answers.ts';

/** How many sessions of somebody have not been ended, the one that asks apart; undefined until that is known. */
export function useOpenSessions(profileId: string): number | undefined {
  const { query, result } = useList<SessionRow, HttpError>({
    resource: 'sessions',
    filters: [
      { field: 'profile_id', operator: 'eq', value: profileId },
      { field: 'denied_at', operator: 'null', value: true },
      { field: 'is_current', operator: 'eq', value: false },
    ],
    sorters: [{ field: 'last_seen_at', order: 'desc' }],
    pagination: { currentPage: 1, pageSize: 1 },
    errorNotification: false,
  });
  return query.data ? (result.total ?? 0) : undefined;
}
