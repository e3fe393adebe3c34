import type { FilterValues } from '../../../components/list/list-state.ts';

/** Which links a bulk revocation means, as `api.preview_revocation` and `api.revoke_share_tokens` take it. Only live ones are ever meant. */
export type RevokeChoice = Readonly<Record<string, unknown>>;

export const choiceOfIds = (ids: readonly string[]): RevokeChoice => ({ token_ids: [...ids] });
export const choiceOfVideo = (id: string): RevokeChoice => ({ of_video_id: id });

/** Why what the filters find cannot be taken back together. */
export type Unnameable = 'how' | 'notLive' | 'notSearch';

/** All live links that the filters of the list find, as one choice; without any filter nothing is meant. */
export function choiceOfFilters(values: FilterValues): RevokeChoice | Unnameable {
  const { q, status = [], video, coach } = values;
  if (status.length > 0 && !status.includes('active') && !status.includes('scheduled')) return 'notLive';
  if (q || status.length === 1) return 'notSearch';
  if (!video && !coach) return 'how';
  return { ...(video ? { of_video_id: video[0] } : {}), ...(coach ? { of_coach_id: coach[0] } : {}) };
}
