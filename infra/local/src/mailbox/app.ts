import fastify, { type FastifyInstance } from 'fastify';
import { html } from '../page/html.ts';
import { sendPage } from '../page/send-page.ts';
import { MAILBOX_CSS, navigation } from './layout.ts';
import { mailPages } from './mail-pages.ts';
import { MailStore } from './mail-store.ts';
import { ResendError } from './resend-error.ts';
import { resendRoutes } from './resend-routes.ts';
import { slackRoutes } from './slack-routes.ts';
import { SlackStore } from './slack-store.ts';

export type MailboxAppOptions = { dataDir: string; apiKey: string; verifiedDomains: readonly string[] };

/** Resend double, its pages, and the Slack capture, on one origin. */
export async function buildMailbox(options: MailboxAppOptions): Promise<FastifyInstance> {
  const { dataDir, apiKey, verifiedDomains } = options;
  const store = new MailStore(dataDir);
  const app = fastify({ logger: false });

  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });

  app.setErrorHandler((error, request, reply) => {
    if (request.url.startsWith('/slack/'))
      return reply.status(400).type('text/plain; charset=utf-8').send('invalid_payload');
    if (error instanceof ResendError) return reply.status(error.statusCode).send(error.toJSON());
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    const known =
      status < 500
        ? new ResendError(
            status,
            'validation_error',
            error instanceof Error ? error.message : 'The request is not valid.',
          )
        : new ResendError(500, 'application_error', 'The mailbox failed. Its log says why.');
    if (status >= 500) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    return reply.status(known.statusCode).send(known.toJSON());
  });

  app.setNotFoundHandler((request, reply) => {
    if (request.headers.accept?.includes('text/html')) {
      const body = html`<main>${navigation('mail')}<h1>Nothing here</h1><p>There is no such page or mail. <a href="/">Go to the mailbox</a></p></main>`;
      return sendPage(reply, { status: 404, title: 'Nothing here', css: MAILBOX_CSS, body });
    }
    return reply.status(404).send(new ResendError(404, 'not_found', 'The requested endpoint does not exist.').toJSON());
  });

  app.get('/livez', async () => ({ status: 'ok' }));
  await app.register(mailPages, { store });
  await app.register(resendRoutes, { store, apiKey, verifiedDomains });
  await app.register(slackRoutes, { store: new SlackStore(dataDir) });
  return app;
}
