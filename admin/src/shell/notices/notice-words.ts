import { z } from 'zod';
import { text } from '../../locales/index.ts';

export const noticeRow = z.object({
  id: z.uuid(),
  kind: z.string(),
  title: z.string(),
  variables: z.record(z.string(), z.unknown()),
  created_at: z.string(),
  read_at: z.string().nullable(),
});
export type Notice = z.infer<typeof noticeRow>;

const revoked = z.object({
  count: z.number(),
  shareTokenIds: z.array(z.uuid()),
  videoTitles: z.array(z.string()),
  reason: z.string().nullish(),
});
const alert = z.object({ title: z.string(), severity: z.string() });

export type NoticeWords = { title: string; detail?: string | undefined; to?: string | undefined };

/** What a notice says, and where it leads; of a kind without words of its own what the kind is called. */
export function wordsOf({ kind, title, variables }: Notice): NoticeWords {
  const words = text.notices;
  const links = revoked.safeParse(variables);
  if (kind === 'share.revoked' && links.success) {
    const { count, shareTokenIds, videoTitles, reason } = links.data;
    const [only] = shareTokenIds;
    return {
      title: words.revoked(count, videoTitles.join(', ')),
      detail: reason ?? undefined,
      to: count === 1 && only ? `/share-links/${only}` : '/share-links?status=revoked',
    };
  }
  const raised = alert.safeParse(variables);
  if (kind.startsWith('alert.') && raised.success) {
    return { title: raised.data.title, detail: kind === 'alert.escalated' ? words.escalated : words.alert };
  }
  return { title };
}
