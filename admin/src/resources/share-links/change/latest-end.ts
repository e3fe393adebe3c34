import type { ShareLife } from '../../../time/expiry.ts';
import type { ShareLinkRow } from '../../rows.ts';

type Life = Pick<ShareLinkRow, 'created_at' | 'starts_at' | 'expires_at'>;

/** Until when a link may live at the longest: its life counts from its start (SH-06). */
export function latestEnd({ created_at, starts_at }: Omit<Life, 'expires_at'>, { maxHours }: ShareLife): Date {
  return new Date(Date.parse(starts_at ?? created_at) + maxHours * 3_600_000);
}

/** Whether there is a minute or more to be gained. */
export function isExtendable(link: Life, life: ShareLife): boolean {
  return latestEnd(link, life).getTime() - Date.parse(link.expires_at) >= 60_000;
}
