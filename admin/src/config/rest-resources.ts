import type { PostgrestOptions } from '../providers/data/index.ts';

/**
 * The lists that grow without end go on from the row where the page before ended: page 1,000 costs what page 1 costs. The time that each
 * is sorted by is never empty, which the data provider cannot know.
 */
export const restResources: NonNullable<PostgrestOptions['resources']> = {
  audit_entries: { paging: 'keyset', required: ['occurred_at'] },
  playback_decisions: { paging: 'keyset', required: ['decided_at'] },
  share_tokens: { paging: 'keyset', required: ['created_at'] },
  videos: { paging: 'keyset', required: ['created_at'] },
  webhook_events: { paging: 'keyset', required: ['received_at'] },
};

/** The lists that the server tells the changes of, to who may see the rows. */
export const liveResources = ['videos', 'share_tokens', 'playback_cuts', 'upload_progress', 'webhook_events'];
