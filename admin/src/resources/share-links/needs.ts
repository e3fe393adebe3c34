import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';

/** What of a link decides what its holder has to bring. */
export type Asking = {
  starts_at?: string | null | undefined;
  recipients?: readonly string[] | undefined;
  hasPassphrase: boolean;
  sign_in_required?: boolean | undefined;
  max_views?: number | null | undefined;
};

/** What somebody who gets a link needs besides it, and what they should know, in sentences. */
export function needsOf({ starts_at, recipients = [], hasPassphrase, sign_in_required, max_views }: Asking): string[] {
  const words = text.links.needs;
  return [
    ...(starts_at ? [words.starts(exact(new Date(starts_at)))] : []),
    ...(recipients.length > 0 ? [words.recipient(recipients)] : []),
    ...(hasPassphrase ? [words.passphrase] : []),
    ...(sign_in_required ? [words.signIn] : []),
    ...(max_views ? [words.views(max_views)] : []),
  ];
}
