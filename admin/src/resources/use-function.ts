import { useDataProvider, useInvalidate, useOnError } from '@refinedev/core';
import type { z } from 'zod';
import type { ResourceName } from '../providers/access/index.ts';
import type { PostgrestMeta } from '../providers/data/index.ts';

/** What is kept of readings: of the pages' resources, and of what is read inside of a page. */
type Reading =
  | ResourceName
  | 'share_recipients'
  | 'playback_cuts'
  | 'address_blocks'
  | 'abuse_rules'
  | 'sessions'
  | 'invitations'
  | 'erasure_steps'
  | 'legal_holds'
  | 'my_notification_preferences';

/**
 * Calls a SQL function through the data provider, outside of the query client: its cache would keep the answer, and an
 * answer may hold a secret.
 *
 * @param meta `many` for a function that answers several rows
 * @returns the parsed answer; rejects with an ApiError. A 401 also ends the session, as it does everywhere.
 */
export function useFunction<Answer>(
  name: string,
  schema: z.ZodType<Answer>,
  invalidates: readonly Reading[],
  meta: PostgrestMeta = {},
) {
  const dataProvider = useDataProvider()();
  const invalidate = useInvalidate();
  const { mutate: onError } = useOnError();
  return async (args: Record<string, unknown>): Promise<Answer> => {
    try {
      if (!dataProvider.custom) throw new Error('The data provider calls no functions');
      const { data } = await dataProvider.custom({ url: `rpc/${name}`, method: 'post', payload: args, meta });
      const answer = schema.parse(data);
      for (const resource of invalidates) void invalidate({ resource, invalidates: ['resourceAll'] });
      return answer;
    } catch (error) {
      onError(error);
      throw error;
    }
  };
}
