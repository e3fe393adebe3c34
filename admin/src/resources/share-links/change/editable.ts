import type { ShareLinkRow, ShareRecipientRow } from '../../rows.ts';

/** What may be changed of a link that lives; '' and null for what it does not have. */
export type Editable = {
  label: string;
  note: string;
  max_views: number | null;
  recipients: string[];
  embed_origins: string[];
};

export const editableFields = ['label', 'recipients', 'max_views', 'embed_origins', 'note'] as const;

/** As it is written by whoever names them: `ann@club.example`, `@club.example`. */
export function writtenRecipient({ kind, value }: Pick<ShareRecipientRow, 'kind' | 'value'>): string {
  return kind === 'domain' ? `@${value}` : value;
}

type Options = Pick<ShareLinkRow, 'label' | 'note' | 'max_views' | 'embed_origins'>;

export function editableOf(link: Options, recipients: readonly ShareRecipientRow[]): Editable {
  return {
    label: link.label ?? '',
    note: link.note ?? '',
    max_views: link.max_views,
    recipients: recipients.map(writtenRecipient).sort(),
    embed_origins: [...link.embed_origins].sort(),
  };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
/** In the order and case in which the server keeps them. */
const inOrder = (value: Editable[keyof Editable]) =>
  Array.isArray(value) ? value.map((one) => one.toLowerCase()).sort() : value;

/** The fields in which two versions differ. */
export function differing(one: Editable, other: Editable): (keyof Editable)[] {
  return editableFields.filter((field) => !same(inOrder(one[field]), inOrder(other[field])));
}

/**
 * Arguments of `rpc/update_share_token`: what was left as it is stays out; 0 and empty take an option away. Recipients are replaced
 * whole, and an empty list is sent as it is, for the server to refuse.
 */
export function changesOf(before: Editable, after: Editable): Record<string, unknown> {
  return Object.fromEntries(
    differing(before, after).map((field) => [field, field === 'max_views' ? (after.max_views ?? 0) : after[field]]),
  );
}
