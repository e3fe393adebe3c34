import { text } from '../../locales/index.ts';
import type { ShareLinkRow } from '../rows.ts';

/** A link by its label; one without a label by its public id. */
export function nameOfLink({ label, public_id }: Pick<ShareLinkRow, 'label' | 'public_id'>): string {
  return label ?? `${text.links.one} ${public_id}`;
}

/** Whether there is still something to revoke. */
export function isRevocable({ status }: Pick<ShareLinkRow, 'status'>): boolean {
  return status === 'active' || status === 'scheduled';
}
