import { useDataProvider, useKeys } from '@refinedev/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { ownZone } from '../../../time/zone.ts';
import { type StoryLine, storyLine } from './answers.ts';

const pageSize = 30;
const lines = z.array(storyLine);

/** The story of a video, newest first, a page at a time; the next page begins where the last line stands. */
export function useStory(videoId: string) {
  const dataProvider = useDataProvider()();
  const { keys } = useKeys();
  const query = useInfiniteQuery({
    // Below the audit log's: whatever adds an entry adds to the story.
    queryKey: keys().data('default').resource('audit_entries').action('list').params({ storyOf: videoId }).get(),
    initialPageParam: null as Pick<StoryLine, 'at' | 'id'> | null,
    queryFn: async (context) => {
      const { pageParam } = context;
      if (!dataProvider.custom) throw new Error('The data provider calls no functions');
      const { data } = await dataProvider.custom({
        url: 'rpc/video_timeline',
        method: 'post',
        payload: {
          video_id: videoId,
          before_at: pageParam?.at ?? null,
          before_id: pageParam?.id ?? null,
          page_size: pageSize,
          time_zone: ownZone(),
        },
        meta: { many: true, queryContext: context },
      });
      return lines.parse(data);
    },
    getNextPageParam: (page) => (page.length < pageSize ? undefined : page.at(-1)),
  });
  return {
    lines: query.data?.pages.flat(),
    error: query.error,
    isLoading: query.isPending,
    refetch: () => void query.refetch(),
    /** Undefined where it began. */
    readOlder: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    isReadingOlder: query.isFetchingNextPage,
  };
}
