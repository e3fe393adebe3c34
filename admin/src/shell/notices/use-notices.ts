import { useList } from '@refinedev/core';
import { z } from 'zod';
import { useFunction } from '../../resources/use-function.ts';
import { noticeRow } from './notice-words.ts';

const shownMost = 20;
const pollMs = 60_000;

const readAnswer = z.object({ id: z.uuid() });

/** The newest notices to the reader; asked for once a minute while the page is looked at. */
export function useNotices() {
  const { query, result } = useList({
    resource: 'my_notifications',
    pagination: { currentPage: 1, pageSize: shownMost },
    sorters: [{ field: 'created_at', order: 'desc' }],
    meta: { count: 'none' },
    queryOptions: { refetchInterval: pollMs },
    errorNotification: false,
  });
  const mark = useFunction('mark_notification_read', readAnswer, []);
  const notices = z.array(noticeRow).safeParse(result.data).data ?? [];
  const unread = notices.filter(({ read_at }) => read_at === null);
  return {
    notices,
    unread,
    /** As many as are shown may not be all. */
    isAtLeast: unread.length >= shownMost,
    error: query.error,
    isLoading: query.isPending,
    refetch: () => void query.refetch(),
    markRead: async (ids: readonly string[]) => {
      await Promise.allSettled(ids.map((id) => mark({ notification_id: id })));
      await query.refetch();
    },
  };
}
