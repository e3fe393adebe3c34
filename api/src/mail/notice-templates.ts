import { z } from 'zod';
import { type LetterPart, letter, oneLine } from './letter.ts';
import type { Mail } from './mailer.ts';

/** What every notice may use besides its variables. */
export interface NoticeFacts {
  readonly displayName: string | null;
  /** The back office, with a slash at the end. */
  readonly adminUrl: string;
}

/** Version 2 of a template is another entry of the same kind: the log of deliveries says which one a mail was rendered from. */
interface NoticeTemplate {
  readonly version: string;
  readonly render: (variables: unknown, facts: NoticeFacts) => Mail;
}

function template<Variables>(
  version: string,
  variables: z.ZodType<Variables>,
  write: (variables: Variables) => { subject: string; parts: readonly string[]; page: string; pageLabel: string },
): NoticeTemplate {
  return {
    version,
    render: (given, { displayName, adminUrl }) => {
      const { subject, parts, page, pageLabel } = write(variables.parse(given));
      const greeting = displayName === null ? 'Hello,' : `Hello ${oneLine(displayName)},`;
      const body: LetterPart[] = [greeting, ...parts, { label: pageLabel, url: `${adminUrl}${page}` }];
      return letter(subject, body);
    },
  };
}

/** A notice that says what happened in one sentence, and where to look. It needs no variables and takes any. */
const sentence = (subject: string, text: string, page: string, pageLabel: string): NoticeTemplate =>
  template('1', z.unknown(), () => ({ subject, parts: [text], page, pageLabel }));

const alert = z.object({ severity: z.enum(['critical', 'warning', 'info']), title: z.string() });

const revoked = z.object({
  count: z.int().min(1),
  videoTitles: z.array(z.string()),
  reason: z.string(),
});

/** A template for every kind of `app.notification_kinds` that goes by mail (docs/adr/0013); a test holds the two together. */
const templates: Readonly<Record<string, NoticeTemplate>> = {
  'share.issued': sentence(
    'A share link was made',
    'A share link was made for one of your videos.',
    'share-links',
    'Your share links',
  ),
  'share.expiring': sentence(
    'A share link is about to expire',
    'One of your share links is about to expire. You can extend it to 7 days after its start.',
    'share-links',
    'Your share links',
  ),
  'share.revoked': template('1', revoked, ({ count, videoTitles, reason }) => ({
    subject: count === 1 ? 'A share link of yours was revoked' : `${count} share links of yours were revoked`,
    parts: [
      count === 1
        ? 'An administrator revoked a share link of yours. It does not work any more.'
        : `An administrator revoked ${count} share links of yours. They do not work any more.`,
      `${videoTitles.length === 1 ? 'Video' : 'Videos'}: ${videoTitles.map(oneLine).join(', ')}.`,
      `Reason: ${oneLine(reason)}`,
    ],
    page: 'share-links',
    pageLabel: 'Your share links',
  })),
  'upload.ready': sentence(
    'A video is ready',
    'A video that you uploaded is ready to be shared.',
    'videos',
    'Your videos',
  ),
  'upload.failed': sentence(
    'An upload failed',
    'A video that you uploaded could not be prepared. Its page says why.',
    'videos',
    'Your videos',
  ),
  'erasure.received': sentence(
    'A request to erase was received',
    'A request to erase an account was received. Nothing is erased before it has been approved.',
    '',
    'The back office',
  ),
  'erasure.done': sentence(
    'An erasure was carried out',
    'An erasure was carried out. Its receipt says what was erased, and what is kept and why.',
    '',
    'The back office',
  ),
  'erasure.near_deadline': sentence(
    'An erasure is near its deadline',
    'A request to erase an account has to be carried out soon.',
    '',
    'The back office',
  ),
  'retention.warning': sentence(
    'Videos are about to be removed',
    'Videos are about to be removed because they have been kept for as long as they may be.',
    'videos',
    'The videos',
  ),
  'alert.raised': template('1', alert, ({ severity, title }) => ({
    subject: `${severity === 'critical' ? 'Critical' : 'Warning'}: ${title}`,
    parts: [`An alert was raised (${severity}): ${oneLine(title)}.`],
    page: '',
    pageLabel: 'The back office',
  })),
  'alert.escalated': template('1', alert, ({ title }) => ({
    subject: `Not acknowledged: ${title}`,
    parts: [`Nobody has acknowledged this critical alert within 15 minutes: ${oneLine(title)}.`],
    page: '',
    pageLabel: 'The back office',
  })),
  'webhook.dead': sentence(
    'Webhook events were laid aside as dead',
    'Webhook events could not be folded and wait for a person.',
    'webhook-events',
    'The webhook events',
  ),
  'cost.threshold': sentence('A cost threshold was passed', 'A cost threshold was passed.', '', 'The back office'),
  'vendor_review.due': sentence('A vendor review is due', 'A vendor review is due.', '', 'The back office'),
  'deployment.result': sentence('A deployment ended', 'A deployment ended.', '', 'The back office'),
};

/** A notice cannot be rendered, and trying again would not help: its kind has no template, or its variables do not fit. */
export class NoticeUnfitError extends Error {
  override readonly name = 'NoticeUnfitError';
}

/**
 * Renders a notice as mail.
 * @returns the mail and the version of its template, such as `share.revoked/1`.
 * @throws {NoticeUnfitError} which names fields, never values.
 */
export function renderNotice(
  kind: string,
  variables: unknown,
  facts: NoticeFacts,
): { readonly mail: Mail; readonly templateVersion: string } {
  const known = Object.hasOwn(templates, kind) ? templates[kind] : undefined;
  if (known === undefined) {
    throw new NoticeUnfitError(`There is no template of ${kind}.`);
  }
  try {
    return { mail: known.render(variables, facts), templateVersion: `${kind}/${known.version}` };
  } catch (error) {
    if (error instanceof z.ZodError) {
      const fields = error.issues.map(({ path }) => path.join('.')).join(', ');
      throw new NoticeUnfitError(`The variables of ${kind} do not fit its template: ${fields}.`);
    }
    throw error;
  }
}
