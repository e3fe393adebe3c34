import { type HttpError, useList } from '@refinedev/core';
import type { ShareLinkRow, ShareRecipientRow } from '../rows.ts';

/** What is asked for the recipients of a link; 50 are the most that it can have. */
export const recipientsOf = (linkId: string) => ({
  resource: 'share_recipients',
  filters: [{ field: 'share_token_id', operator: 'eq' as const, value: linkId }],
  sorters: [{ field: 'value', order: 'asc' as const }],
  pagination: { currentPage: 1, pageSize: 50 },
  meta: { count: 'none' as const },
});

/** For whom a link is; undefined until that is known, empty for a link that is for everybody who has it. */
export function useRecipients({ id, recipients_only }: Pick<ShareLinkRow, 'id' | 'recipients_only'>) {
  const { query, result } = useList<ShareRecipientRow, HttpError>({
    ...recipientsOf(id),
    queryOptions: { enabled: recipients_only },
    errorNotification: false,
  });
  if (!recipients_only) return { recipients: [], error: null, refetch: () => undefined };
  return {
    recipients: query.isSuccess ? result.data : undefined,
    error: query.error,
    refetch: () => void query.refetch(),
  };
}
