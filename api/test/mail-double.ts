import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startMailbox } from '@mm/local';
import { Resend } from 'resend';

const apiKey = 're_key_of_tests';
export const from = 'Motion Mavericks <videos@example.com>';

/** The double of Resend with a door in front that can be out of order. */
export interface MailDouble {
  /** What the worker is told. */
  readonly environment: Record<string, string>;
  /** Statuses that are answered, one a request, before any request gets through. */
  readonly outages: number[];
  /** The idempotency keys of all requests that came, refused ones included. */
  readonly keys: string[];
  /** A mail that left, read by Resend's own client; null when there is none. */
  readonly mailOf: (providerId: string | null) => ReturnType<Resend['emails']['get']>;
  readonly close: () => Promise<void>;
}

export async function startMailDouble(): Promise<MailDouble> {
  const folder = await mkdtemp(join(tmpdir(), 'api-mail-'));
  const mailbox = await startMailbox({ dataDir: folder, apiKey });
  const outages: number[] = [];
  const keys: string[] = [];
  const front = createServer(async (request, response) => {
    const key = String(request.headers['idempotency-key']);
    keys.push(key);
    const body = await text(request);
    const outage = outages.shift();
    if (outage !== undefined) {
      const { to } = JSON.parse(body) as { to: unknown };
      response.writeHead(outage, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ statusCode: outage, name: 'application_error', message: `No mail to ${to} now` }));
      return;
    }
    const answer = await fetch(`${mailbox.url}${request.url}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: String(request.headers.authorization),
        'idempotency-key': key,
      },
      body,
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  const client = new Resend(apiKey, { baseUrl: mailbox.url });
  return {
    environment: {
      RESEND_API_KEY: apiKey,
      MAIL_FROM: from,
      RESEND_BASE_URL: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    },
    outages,
    keys,
    mailOf: (providerId) => client.emails.get(providerId ?? ''),
    close: async () => {
      front.close();
      await mailbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
