import type { FilterValues } from '../../../components/list/list-state.ts';

/** Which links a bulk revocation means, as `api.preview_revocation` and `api.revoke_share_tokens` take it. Only live ones are ever meant. */
export type RevokeChoice = Readonly<Record<string, unknown>>;

export const choiceOfIds = (ids: readonly string[]): RevokeChoice => ({ token_ids: [...ids] });
export const choiceOfVideo = (id: string): RevokeChoice => ({ of_video_id: id });

/** Why what the filters find cannot be taken back together. */
export type Unnameable = 'how' | 'notLive';

/**
 * All live links that the filters of the list find, as one choice.
 * @param ownId whose links they are, where the list shows one person's alone; without that, no filter means nothing
 */
export function choiceOfFilters(values: FilterValues, ownId: string | undefined): RevokeChoice | Unnameable {
  const { q, status = [], video, coach, created = [], ends = [] } = values;
  const live = ['active', 'scheduled'].filter((one) => status.includes(one));
  if (status.length > 0 && live.length === 0) return 'notLive';
  const filter = {
    ...(live.length === 1 ? { status: live[0] } : {}),
    ...(q?.[0] ? { search: q[0] } : {}),
    ...(created[0] ? { created_from: created[0] } : {}),
    ...(created[1] ? { created_before: created[1] } : {}),
    ...(ends[0] ? { expires_from: ends[0] } : {}),
    ...(ends[1] ? { expires_before: ends[1] } : {}),
  };
  const choice = {
    ...(video ? { of_video_id: video[0] } : {}),
    ...(coach ? { of_coach_id: coach[0] } : {}),
    ...(Object.keys(filter).length > 0 ? { filter } : {}),
  };
  if (Object.keys(choice).length > 0) return choice;
  return ownId ? { of_coach_id: ownId } : 'how';
}
