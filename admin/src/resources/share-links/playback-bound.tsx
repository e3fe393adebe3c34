import { type HttpError, useList } from '@refinedev/core';
import { useConfig } from '../../config/runtime.ts';
import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import type { DecisionRow } from '../rows.ts';

const boundMs = 5000;

/** By when playback would end: the tokens that are out outlive the link, and the latest of them says how long. */
export function PlaybackBound({ linkId }: { linkId: string }) {
  const { clockSkewMs } = useConfig();
  const { query, result } = useList<DecisionRow, HttpError>({
    resource: 'playback_decisions',
    filters: [
      { field: 'share_token_id', operator: 'eq', value: linkId },
      { field: 'allowed', operator: 'eq', value: true },
    ],
    sorters: [{ field: 'token_expires_at', order: 'desc' }],
    pagination: { currentPage: 1, pageSize: 1 },
    meta: { count: 'none', select: 'id,token_expires_at' },
    queryOptions: { refetchInterval: boundMs },
    errorNotification: false,
  });
  if (query.isPending || query.isError) return text.links.revoke.endsUnknown;
  const latest = result.data[0]?.token_expires_at;
  const stillGood = latest && Date.parse(latest) > Date.now() + clockSkewMs;
  return stillGood ? text.links.revoke.endsBy(exact(new Date(latest), { seconds: true })) : text.links.revoke.endsNow;
}
