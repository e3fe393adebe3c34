import type { FastifyInstance } from 'fastify';
import { html, type Markup } from '../page/html.ts';
import { sendPage } from '../page/send-page.ts';
import { MAILBOX_CSS, navigation, when } from './layout.ts';
import type { SlackMessage, SlackStore } from './slack-store.ts';

/**
 * A capture of Slack incoming webhooks (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks):
 * `POST /slack/:channel` answers in plain text as Slack does, `GET` shows what came in. JSON bodies and form bodies with a
 * `payload` field are taken.
 */
export async function slackRoutes(app: FastifyInstance, { store }: { store: SlackStore }): Promise<void> {
  app.post<{ Params: { channel: string } }>('/slack/:channel', async (request, reply) => {
    const { channel } = request.params;
    reply.type('text/plain; charset=utf-8');
    if (!isChannel(channel)) return reply.status(404).send('channel_not_found');
    const payload = payloadOf(request.body);
    if (payload === undefined) return reply.status(400).send('invalid_payload');
    if (!hasContent(payload)) return reply.status(400).send('no_text');
    store.keep(channel, payload);
    return reply.send('ok');
  });

  app.get('/slack', async (_request, reply) => show(undefined, reply));
  app.get<{ Params: { channel: string } }>('/slack/:channel', async (request, reply) => {
    const { channel } = request.params;
    return isChannel(channel) ? show(channel, reply) : reply.callNotFound();
  });

  const show = (channel: string | undefined, reply: Parameters<typeof sendPage>[0]) => {
    const title = channel === undefined ? 'Slack messages' : `Slack messages in #${channel}`;
    return sendPage(reply, { title, css: MAILBOX_CSS, body: page(title, store.list(channel)) });
  };
}

function isChannel(text: string): boolean {
  return /^[a-z0-9][a-z0-9_-]{0,79}$/.test(text);
}

function payloadOf(body: unknown): Record<string, unknown> | undefined {
  let value = body;
  if (isRecord(body) && typeof body.payload === 'string' && Object.keys(body).length === 1) {
    try {
      value = JSON.parse(body.payload);
    } catch {
      return undefined;
    }
  }
  return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasContent({ text, blocks, attachments }: Record<string, unknown>): boolean {
  return (
    (typeof text === 'string' && text.trim() !== '') ||
    (Array.isArray(blocks) && blocks.length > 0) ||
    (Array.isArray(attachments) && attachments.length > 0)
  );
}

function page(title: string, messages: SlackMessage[]): Markup {
  return html`<main>
${navigation('slack')}
<h1>${title}</h1>
<p class="quiet">What was posted to <code>/slack/&lt;channel&gt;</code>, the capture of Slack incoming webhooks. Nothing leaves this machine.</p>
${messages.length === 0 ? html`<p class="empty">No messages yet.</p>` : html`<ul class="list">${messages.map(entry)}</ul>`}
</main>`;
}

function entry({ channel, receivedAt, payload }: SlackMessage): Markup {
  const { text } = payload;
  return html`<li class="message">
<div class="line"><a href="/slack/${channel}">#${channel}</a> ${when(receivedAt)}</div>
${typeof text === 'string' ? html`<p class="text">${text}</p>` : null}
<details><summary>Payload</summary><pre tabindex="0">${JSON.stringify(payload, null, 2)}</pre></details>
</li>
`;
}
