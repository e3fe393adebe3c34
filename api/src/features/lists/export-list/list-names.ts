/** The lists that can be exported, by the names of their views. */
export const exportedListNames = [
  'share_tokens',
  'videos',
  'playback_decisions',
  'webhook_events',
  'revocations',
] as const;
export type ExportedListName = (typeof exportedListNames)[number];
