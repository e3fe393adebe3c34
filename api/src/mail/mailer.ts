import { Resend } from 'resend';
import type { MailConfig } from '../config.ts';

/** A mail as its reader gets it: both bodies say the same. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The provider did not take a mail. The message is the provider's, without the address. */
export class MailError extends Error {
  override readonly name = 'MailError';
  /** HTTP status; null when no answer came. */
  readonly status: number | null;

  constructor(status: number | null, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Sends a mail.
 * @param idempotencyKey at most 256 characters: the same mail under the same key is sent once within 24 hours
 *   (https://resend.com/docs/dashboard/emails/idempotency-keys)
 * @returns the provider's id of the mail, which its webhooks name.
 * @throws {MailError} when it was not taken, or nothing is known about it: with the same key it can be sent again.
 */
export type SendMail = (to: string, mail: Mail, idempotencyKey: string) => Promise<string>;

/** The one door by which mail leaves. No link in it is rewritten and nothing in it is watched: tracking is off at the domain. */
export function createMailer({ apiKey, baseUrl, from }: MailConfig): SendMail {
  const resend = new Resend(apiKey, { baseUrl });
  return async (to, { subject, text, html }, idempotencyKey) => {
    const { data, error } = await resend.emails.send({ from, to, subject, text, html }, { idempotencyKey });
    if (error !== null) {
      throw new MailError(error.statusCode, `${error.name}: ${error.message.replaceAll(to, '…')}`);
    }
    return data.id;
  };
}
