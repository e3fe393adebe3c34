import { z } from 'zod';
import { text } from '../../locales/index.ts';
import { expiryAfter, expiryFault, type ShareLife } from '../../time/expiry.ts';
import { readLines } from './lines.ts';

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

/** What the form holds: a preset in hours, or `custom` with a moment of its own; options as they were written. */
export type CreateValues = {
  video_id?: string | undefined;
  life: number | 'custom';
  expires_at?: Date | undefined;
  starts?: 'now' | 'later' | undefined;
  starts_at?: Date | undefined;
  label?: string | undefined;
  max_views?: number | null | undefined;
  recipients?: string | undefined;
  passphrase?: string | undefined;
  sign_in_required?: boolean | undefined;
  embed_origins?: string | undefined;
  note?: string | undefined;
};

/** Arguments of `rpc/create_share_token`; what is not wished is left out. */
export type CreateRequest = {
  video_id: string;
  expires_at: string;
  label: string | null;
  starts_at?: string;
  max_views?: number;
  recipients?: string[];
  sign_in_required?: true;
  embed_origins?: string[];
  note?: string;
};

type Read = { request: CreateRequest; passphrase?: string } | { faults: Record<string, string> };

/** The request of a filled-in form, or what is wrong by field. A passphrase is hashed first, by the api. `now` is the server's. */
export function readForm(values: CreateValues, now: Date, life: ShareLife): Read {
  const schema = z.object({
    video_id: z.uuid(text.links.form.videoNeeded),
    label: z.string().trim().max(120, text.links.form.labelTooLong),
    note: z.string().trim().max(1000, text.links.form.noteTooLong),
  });
  const parsed = schema.safeParse({
    video_id: values.video_id ?? '',
    label: values.label ?? '',
    note: values.note ?? '',
  });
  const faults: Record<string, string> = {};
  for (const issue of parsed.error?.issues ?? []) faults[String(issue.path[0])] ??= issue.message;
  const later = values.starts === 'later';
  if (later && !values.starts_at) faults.starts_at = text.links.form.startMissing;
  const begins = beginOf(values, now);
  const end = endOf(values, now, life);
  const fault = expiryFault(end, begins, life);
  if (fault) faults.expires_at = faultText(fault, life);
  if (!parsed.success || !end || Object.keys(faults).length > 0) return { faults };

  const { video_id, label, note } = parsed.data;
  const recipients = readLines(values.recipients);
  const origins = readLines(values.embed_origins);
  return {
    request: {
      video_id,
      expires_at: end.toISOString(),
      label: label || null,
      ...(later && values.starts_at ? { starts_at: values.starts_at.toISOString() } : {}),
      ...(values.max_views ? { max_views: values.max_views } : {}),
      ...(recipients.length > 0 ? { recipients } : {}),
      ...(values.sign_in_required ? { sign_in_required: true } : {}),
      ...(origins.length > 0 ? { embed_origins: origins } : {}),
      ...(note ? { note } : {}),
    },
    ...(values.passphrase ? { passphrase: values.passphrase } : {}),
  };
}

/** A link lives from its start, or from now. */
function beginOf({ starts, starts_at }: CreateValues, now: Date): Date {
  return starts === 'later' && starts_at && starts_at > now ? starts_at : now;
}

/** The end that the form means at present; undefined while its field is empty. */
export function endOf(values: CreateValues, now: Date, life: ShareLife): Date | undefined {
  return values.life === 'custom' ? values.expires_at : expiryAfter(values.life, beginOf(values, now), life);
}

function faultText(fault: NonNullable<ReturnType<typeof expiryFault>>, life: ShareLife): string {
  if (fault === 'missing') return text.links.form.missing;
  return fault === 'tooSoon' ? text.links.form.tooSoon(life.minHours) : text.links.form.tooLate(life.maxHours);
}
