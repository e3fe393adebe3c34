import { findFreePort } from '../free-port.ts';
import { refuseProduction } from '../refuse-production.ts';
import { buildMailbox } from './app.ts';

export type MailboxOptions = {
  /** TCP port; a free one when left out. */
  port?: number;
  host?: string;
  publicUrl?: string;
  /** Folder of the mails and messages. */
  dataDir: string;
  /** The only API key that is accepted. */
  apiKey: string;
  /** Domains that may be sent from; `example.com` when left out. */
  verifiedDomains?: string[];
};

export type Mailbox = { url: string; close(): Promise<void> };

/**
 * Starts the mailbox: a double of Resend for sending, pages to read what was sent, and a capture of Slack webhooks.
 * Point the SDK at it with `RESEND_BASE_URL`.
 * @throws RefusedInProduction outside development and test
 */
export async function startMailbox(options: MailboxOptions): Promise<Mailbox> {
  refuseProduction('The mailbox');
  const host = options.host ?? '127.0.0.1';
  const port = options.port ?? (await findFreePort(host));
  const verifiedDomains = (options.verifiedDomains ?? ['example.com']).map((domain) => domain.toLowerCase());
  const app = await buildMailbox({ dataDir: options.dataDir, apiKey: options.apiKey, verifiedDomains });
  await app.listen({ port, host });
  return { url: options.publicUrl ?? `http://${host}:${port}`, close: () => app.close() };
}
