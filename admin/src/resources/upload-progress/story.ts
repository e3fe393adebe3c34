import { z } from 'zod';
import { text } from '../../locales/index.ts';

/** A row of `rpc/upload_timeline`: one thing that happened to the upload, to its asset, or in the inbox. */
export const storyRow = z.object({
  at: z.iso.datetime({ offset: true }),
  source: z.enum(['upload', 'asset', 'event']),
  step: z.string(),
  object_id: z.string().nullable(),
  webhook_event_id: z.uuid().nullable(),
  event_state: z.enum(['received', 'processed', 'ignored', 'dead', 'quarantined', 'discarded']).nullable(),
  attempts: z.int().nullable(),
  error: z.string().nullable(),
});
export type StoryRow = z.output<typeof storyRow>;

export type StoryLook = 'done' | 'now' | 'failed' | 'stopped';

const failedSteps = new Set(['errored', 'expired']);
const stoppedSteps = new Set(['cancelled', 'deleted']);

/** How a row looks in the timeline: an event by what became of it, everything else by what it was. */
export function lookOf({
  source,
  step,
  event_state: state,
}: Pick<StoryRow, 'source' | 'step' | 'event_state'>): StoryLook {
  if (source === 'event') {
    if (state === 'dead') return 'failed';
    if (state === 'received' || state === 'quarantined') return 'now';
    return state === 'discarded' || state === 'ignored' ? 'stopped' : 'done';
  }
  if (failedSteps.has(step)) return 'failed';
  return stoppedSteps.has(step) ? 'stopped' : 'done';
}

/** “Upload started”, “Asset ready”; an event is named by its own type. */
export function stepWords({ source, step }: Pick<StoryRow, 'source' | 'step'>): string {
  if (source === 'event') return step;
  const words: Readonly<Record<string, string>> = text.uploads.steps[source];
  return Object.hasOwn(words, step) ? (words[step] ?? step) : step;
}
