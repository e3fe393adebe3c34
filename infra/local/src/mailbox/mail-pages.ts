import type { FastifyInstance } from 'fastify';
import { html, type Markup } from '../page/html.ts';
import { sendPage } from '../page/send-page.ts';
import { MAILBOX_CSS, navigation, when } from './layout.ts';
import type { MailStore, MailSummary, StoredMail } from './mail-store.ts';

/**
 * The mailbox's pages: the list at `/`, one mail at `/read/:id` (and, for a browser, at `/emails/:id`). The body written by
 * a program is shown in a sandboxed frame whose own policy lets it run and load nothing.
 */
export async function mailPages(app: FastifyInstance, { store }: { store: MailStore }): Promise<void> {
  app.get('/', async (_request, reply) => {
    const mails = store.list();
    return sendPage(reply, { title: `Mailbox (${mails.length})`, css: MAILBOX_CSS, body: list(mails) });
  });

  app.get<{ Params: { id: string } }>('/read/:id', async (request, reply) => {
    const mail = store.find(request.params.id);
    if (!mail) return reply.callNotFound();
    return sendPage(reply, { title: mail.request.subject, css: MAILBOX_CSS, body: read(mail) });
  });

  app.get<{ Params: { id: string } }>('/read/:id/body', async (request, reply) => {
    const mail = store.find(request.params.id);
    if (mail?.request.html === undefined) return reply.callNotFound();
    return reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        // `sandbox` also holds when somebody opens this address outside the frame.
        'content-security-policy':
          "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      })
      .send(mail.request.html);
  });
}

function list(mails: MailSummary[]): Markup {
  return html`<main>
${navigation('mail')}
<h1>Mailbox</h1>
<p class="quiet">Every mail the product sends on this machine. Nothing is delivered to anybody.</p>
${mails.length === 0 ? html`<p class="empty">No mail yet.</p>` : html`<ul class="list">${mails.map(row)}</ul>`}
</main>`;
}

function row({ id, createdAt, from, to, subject }: MailSummary): Markup {
  return html`<li><a class="mail" href="/read/${id}">
<span class="subject">${subject || '(no subject)'}</span>
<span class="line"><span>to ${to.join(', ')}</span> <span>from ${from}</span> ${when(createdAt)}</span>
</a></li>
`;
}

function read({ id, createdAt, request }: StoredMail): Markup {
  const field = (name: string, value: string | undefined) => (value ? html`<dt>${name}</dt><dd>${value}</dd>` : null);
  return html`<main>
${navigation('mail')}
<h1>${request.subject || '(no subject)'}</h1>
<dl>
${field('From', request.from)}${field('To', request.to.join(', '))}${field('Cc', request.cc?.join(', '))}${field('Bcc', request.bcc?.join(', '))}
${field('Reply to', request.reply_to?.join(', '))}<dt>Sent</dt><dd>${when(createdAt)}</dd>
${field('Scheduled for', request.scheduled_at)}${field('Tags', request.tags?.map(({ name, value }) => `${name}: ${value}`).join(', '))}
${field('Attachments', request.attachments?.map(({ filename, path }) => filename || path || 'unnamed').join(', '))}
</dl>
${request.html === undefined ? null : html`<h2>Message</h2><iframe sandbox title="The message as its reader sees it" src="/read/${id}/body"></iframe>`}
${request.text === undefined ? null : html`<h2>Plain text</h2><pre tabindex="0">${request.text}</pre>`}
</main>`;
}
