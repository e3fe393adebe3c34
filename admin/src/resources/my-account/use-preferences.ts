import { type HttpError, useList } from '@refinedev/core';
import type { PreferenceRow } from './answers.ts';

/** The kinds of notices that one may get, by channel, and whether one wants them: a few dozen at the most. */
export function usePreferences() {
  const { query, result } = useList<PreferenceRow, HttpError>({
    resource: 'my_notification_preferences',
    sorters: [{ field: 'title', order: 'asc' }],
    pagination: { currentPage: 1, pageSize: 100 },
    errorNotification: false,
  });
  return {
    rows: query.data ? result.data : undefined,
    error: query.error,
    isLoading: query.isPending,
    refetch: () => void query.refetch(),
  };
}
