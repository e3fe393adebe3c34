import { z } from 'zod';
import { parseAddress } from './address.ts';
import { ResendError } from './resend-error.ts';

const FORMAT = 'The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.';
const addressList = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => (Array.isArray(given) ? given : [given]));
const tagPart = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[A-Za-z0-9_-]+$/, 'Tags should only contain ASCII letters, numbers, underscores, or dashes.');

const attachmentSchema = z.object({
  filename: z.union([z.string(), z.literal(false)]).optional(),
  content: z.base64().optional(),
  path: z.url().optional(),
  content_type: z.string().optional(),
  content_id: z.string().max(128).optional(),
});

const requestSchema = z.object({
  from: z.string(),
  to: addressList,
  subject: z.string(),
  cc: addressList.optional(),
  bcc: addressList.optional(),
  reply_to: addressList.optional(),
  html: z.string().optional(),
  text: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  tags: z.array(z.object({ name: tagPart, value: tagPart })).optional(),
  attachments: z.array(attachmentSchema).optional(),
  scheduled_at: z.iso.datetime({ offset: true }).optional(),
  topic_id: z.string().nullish(),
});

export type SendRequest = z.infer<typeof requestSchema>;

/** At most 40 MB of attachments after Base64, says the vendor. */
const MAX_ATTACHMENT_CHARACTERS = 40 * 1024 * 1024;

/**
 * Checks one mail as `POST /emails` does (https://resend.com/docs/api-reference/emails/send-email). Stricter in one thing:
 * a `from` outside the verified domains is refused, so that a sender that Resend would refuse is found on a developer's machine.
 *
 * @param verifiedDomains domains that may be sent from, lower case
 * @throws ResendError in the vendor's shape, naming the field
 */
export function parseSendRequest(body: unknown, verifiedDomains: readonly string[]): SendRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ResendError(422, 'validation_error', 'The request body must be a JSON object.');
  }
  for (const field of ['from', 'to', 'subject'] as const) {
    if (
      !(field in body) ||
      body[field as keyof typeof body] === undefined ||
      body[field as keyof typeof body] === null
    ) {
      throw new ResendError(422, 'missing_required_field', `Missing \`${field}\` field.`);
    }
  }
  if ('template' in body) {
    throw new ResendError(
      422,
      'validation_error',
      'Templates are kept at Resend; the local double has none. Send `html` or `text`.',
    );
  }
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) throw invalidField(parsed.error);
  const mail = parsed.data;
  checkSender(mail.from, verifiedDomains);
  for (const field of ['to', 'cc', 'bcc', 'reply_to'] as const) checkRecipients(field, mail[field]);
  if (mail.to.length === 0) throw new ResendError(422, 'missing_required_field', 'Missing `to` field.');
  if (/[\r\n]/.test(mail.subject)) {
    throw new ResendError(422, 'validation_error', 'The `\\n` is not allowed in the `subject` field.');
  }
  if (!mail.html && !mail.text) throw new ResendError(422, 'validation_error', 'Missing `html` or `text` field.');
  checkAttachments(mail.attachments ?? []);
  return mail;
}

function invalidField(error: z.ZodError): ResendError {
  const [issue] = error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  if (field.startsWith('attachments'))
    return new ResendError(422, 'invalid_attachment', `Invalid \`${field}\` field. ${issue?.message}`);
  return new ResendError(422, 'validation_error', `Invalid \`${field}\` field. ${issue?.message}`);
}

function checkSender(from: string, verifiedDomains: readonly string[]): void {
  const sender = parseAddress(from);
  if (!sender) throw new ResendError(422, 'validation_error', `Invalid \`from\` field. ${FORMAT}`);
  if (!verifiedDomains.includes(sender.domain)) {
    const message = `The ${sender.domain} domain is not verified. Please, add and verify your domain on https://resend.com/domains`;
    throw new ResendError(403, 'validation_error', message);
  }
}

function checkRecipients(field: string, addresses: string[] = []): void {
  if (addresses.length > 50) {
    throw new ResendError(422, 'validation_error', `The \`${field}\` field may hold 50 addresses at most.`);
  }
  if (addresses.some((address) => !parseAddress(address))) {
    throw new ResendError(422, 'validation_error', `Invalid \`${field}\` field. ${FORMAT}`);
  }
}

function checkAttachments(attachments: NonNullable<SendRequest['attachments']>): void {
  let characters = 0;
  for (const attachment of attachments) {
    if (attachment.content === undefined && attachment.path === undefined) {
      throw new ResendError(422, 'invalid_attachment', 'Attachment must have either a `content` or `path`.');
    }
    characters += attachment.content?.length ?? 0;
  }
  if (characters > MAX_ATTACHMENT_CHARACTERS) {
    throw new ResendError(422, 'invalid_attachment', 'The attachments are larger than 40 MB after Base64 encoding.');
  }
}
