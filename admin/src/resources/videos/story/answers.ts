import { z } from 'zod';

/**
 * A line of `rpc/video_timeline`. `at` is ISO 8601 with microseconds, by which the next page begins: it is handed back as it came. What
 * `facts` holds depends on the source.
 */
const line = {
  id: z.string(),
  at: z.string(),
  step: z.string(),
  object_type: z.string(),
  object_id: z.string().nullable(),
  object_name: z.string().nullable(),
  actor_name: z.string().nullable(),
  reason: z.string().nullable(),
};
const failure = z.object({ error: z.string().nullable() }).nullable();

export const storyLine = z.discriminatedUnion('source', [
  z.object({ ...line, source: z.literal('upload'), facts: failure }),
  z.object({ ...line, source: z.literal('asset'), facts: failure }),
  z.object({
    ...line,
    source: z.literal('event'),
    facts: z.object({
      state: z.enum(['received', 'processed', 'ignored', 'dead', 'quarantined', 'discarded']),
      attempts: z.int(),
    }),
  }),
  z.object({ ...line, source: z.literal('link'), facts: z.null() }),
  z.object({ ...line, source: z.literal('act'), facts: z.null() }),
  z.object({
    ...line,
    source: z.literal('plays'),
    facts: z.object({ plays: z.int(), measured: z.int(), watch_seconds: z.number() }),
  }),
]);
export type StoryLine = z.output<typeof storyLine>;
