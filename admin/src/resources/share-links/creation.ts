import { z } from 'zod';
import { text } from '../../locales/index.ts';
import { expiryAfter, expiryFault, type ShareLife } from '../../time/expiry.ts';

/** Answer of `rpc/create_share_token`. The secret exists here and in the dialog that shows it, nowhere else. */
export const createAnswer = z.object({
  id: z.uuid(),
  public_id: z.string(),
  secret: z.string(),
  expires_at: z.iso.datetime({ offset: true }),
});
export type CreateAnswer = z.output<typeof createAnswer>;

/** The whole link (SH-05): the secret stands after `#`, which no browser sends to a server. */
export function linkOf(shareUrl: string, { public_id, secret }: Pick<CreateAnswer, 'public_id' | 'secret'>): string {
  return `${shareUrl}${public_id}#${secret}`;
}

/** What the form holds: a preset in hours, or `custom` with a moment of its own. */
export type CreateValues = {
  video_id?: string | undefined;
  life: number | 'custom';
  expires_at?: Date | undefined;
  label?: string | undefined;
};

export type CreateRequest = { video_id: string; expires_at: string; label: string | null };

/** The request of a filled-in form, or what is wrong by field. `now` is the server's. */
export function readForm(
  values: CreateValues,
  now: Date,
  life: ShareLife,
): { request: CreateRequest } | { faults: Record<string, string> } {
  const schema = z.object({
    video_id: z.uuid(text.links.form.videoNeeded),
    label: z.string().trim().max(120, text.links.form.labelTooLong),
  });
  const end = values.life === 'custom' ? values.expires_at : expiryAfter(values.life, now, life);
  const parsed = schema.safeParse({ video_id: values.video_id ?? '', label: values.label ?? '' });
  const faults: Record<string, string> = {};
  for (const issue of parsed.error?.issues ?? []) faults[String(issue.path[0])] ??= issue.message;
  const fault = expiryFault(end, now, life);
  if (fault) faults.expires_at = faultText(fault, life);
  if (!parsed.success || !end || fault) return { faults };
  const { video_id, label } = parsed.data;
  return { request: { video_id, expires_at: end.toISOString(), label: label || null } };
}

function faultText(fault: NonNullable<ReturnType<typeof expiryFault>>, life: ShareLife): string {
  if (fault === 'missing') return text.links.form.missing;
  return fault === 'tooSoon' ? text.links.form.tooSoon(life.minHours) : text.links.form.tooLate(life.maxHours);
}
