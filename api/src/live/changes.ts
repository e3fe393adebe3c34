import { z } from 'zod';

/** The lists that can be followed, by the table that announces its changes (`app.tg_announce`). Keys of both are the same. */
const resourceOfTable = {
  videos: 'videos',
  upload_jobs: 'upload_progress',
  share_tokens: 'share_tokens',
  playback_cuts: 'playback_cuts',
  webhook_events: 'webhook_events',
} as const;

export type LiveResource = (typeof resourceOfTable)[keyof typeof resourceOfTable];
export const liveResources: readonly LiveResource[] = Object.values(resourceOfTable);

/** Rows of one table that one statement made or changed. Who may know of them is another question. */
export interface Change {
  readonly resource: LiveResource;
  readonly isNew: boolean;
  readonly ids: readonly string[];
}

const payload = z.object({
  table: z.enum(Object.keys(resourceOfTable) as (keyof typeof resourceOfTable)[]),
  is_new: z.boolean(),
  ids: z.array(z.uuid()).min(1),
});

/** @returns undefined for what no table of ours announces: the channel is open to every login of the database */
export function readChange(text: string): Change | undefined {
  try {
    const { table, is_new, ids } = payload.parse(JSON.parse(text));
    return { resource: resourceOfTable[table], isNew: is_new, ids };
  } catch {
    return undefined;
  }
}
