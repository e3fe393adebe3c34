import { html } from '../page/html.ts';

/** Where mails of the issuer go: the mailbox, which takes them as Resend does. */
export type MailDoor = { url: string; apiKey: string };

/**
 * Sends the mail with the link, as Clerk sends its own. A mailbox that is away loses it: Clerk does not tell either.
 * @param link is good once
 */
export async function sendInvitation(door: MailDoor, email: string, link: string): Promise<void> {
  const response = await fetch(`${door.url}/emails`, {
    method: 'POST',
    headers: { authorization: `Bearer ${door.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      from: 'Motion Mavericks <accounts@example.com>',
      to: email,
      subject: 'You are invited to Motion Mavericks',
      text: `You are invited to the back office of Motion Mavericks.\n\nAccept the invitation: ${link}\n\nIf you did not expect it, ignore this e-mail.\n`,
      html: html`<!doctype html><html lang="en-AU"><head><meta charset="utf-8"><title>You are invited</title></head><body>
<p>You are invited to the back office of Motion Mavericks.</p>
<p><a href="${link}">Accept the invitation</a></p>
<p>If you did not expect it, ignore this e-mail.</p></body></html>`.text,
    }),
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new Error(`The mailbox answered ${response.status}.`);
}
