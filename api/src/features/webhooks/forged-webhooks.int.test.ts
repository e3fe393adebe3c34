import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { muxForgeries, svixForgeries, type WireDelivery } from '../../../test/forgeries.ts';
import { type IntegrationApp, startIntegrationApp, webhookSecrets } from '../../../test/integration-app.ts';
import { sendWebhook } from '../../../test/send-webhook.ts';
import { signedWebhook } from '../../../test/signed-webhook.ts';
import { svixSecretOf, svixWebhook } from '../../../test/svix-webhook.ts';

const secrets = {
  clerk: svixSecretOf('clerk, current'),
  resend: svixSecretOf('resend, current'),
  retired: svixSecretOf('valid until it was rotated'),
};

let subject: IntegrationApp;
beforeAll(async () => {
  subject = await startIntegrationApp({
    environment: { CLERK_WEBHOOK_SECRETS: secrets.clerk, RESEND_WEBHOOK_SECRETS: secrets.resend },
  });
});
afterAll(() => subject.close());

/** Occurs in every body, so that whatever kept one would be found. */
const marker = `forged-${randomUUID()}`;

const genuine = {
  mux: (): WireDelivery => wire(signedWebhook(eventOf('video.asset.ready'), { secret: webhookSecrets[0] })),
  clerk: (): WireDelivery => wire(svixWebhook(eventOf('user.deleted'), { secret: secrets.clerk })),
  resend: (): WireDelivery => wire(svixWebhook(eventOf('email.bounced'), { secret: secrets.resend })),
};
const eventOf = (type: string) => ({ type, id: randomUUID(), data: { id: 'user_amelia_hart', note: marker } });
const wire = ({ headers, body }: { headers: Record<string, string>; body: string }): WireDelivery => ({
  headers,
  body: Buffer.from(body),
});

const forgeries = {
  mux: muxForgeries({ known: webhookSecrets[0], retired: 'valid-until-it-was-rotated', foreign: secrets.clerk }),
  clerk: svixForgeries({
    known: secrets.clerk,
    retired: secrets.retired,
    foreign: secrets.resend,
    muxSecret: webhookSecrets[0],
  }),
  resend: svixForgeries({
    known: secrets.resend,
    retired: secrets.retired,
    foreign: secrets.clerk,
    muxSecret: webhookSecrets[0],
  }),
};

const rowsOf = async (text: string) => (await subject.database.admin.query(text)).rows;
const stored = () => rowsOf('select event_id from app.webhook_receipts order by 1');

describe.each(['mux', 'clerk', 'resend'] as const)('a webhook that claims to come from %s', (provider) => {
  const url = () => `${subject.origin}/api/webhooks/${provider}`;

  it('is accepted when it is genuine, so that what follows is refused for its forgery alone', async () => {
    expect(await sendWebhook(url(), genuine[provider]())).toEqual({ status: 200, json: { received: true } });
  });

  it.each(forgeries[provider])('and is forged, %s, is refused and leaves nothing', async (_name, forge) => {
    const before = await stored();
    const answer = await sendWebhook(url(), forge(genuine[provider]()));
    expect(answer).toMatchObject({ status: 401, json: { code: 'webhook.signature_invalid' } });
    expect(await stored()).toEqual(before);
  });

  it('and is replayed is acknowledged without effect while it is fresh, and kept aside when it is stale', async () => {
    const delivery = genuine[provider]();
    await sendWebhook(url(), delivery);
    const before = await rowsOf('select * from app.webhook_events order by id');
    expect((await sendWebhook(url(), delivery)).status).toBe(200);
    expect(await rowsOf('select * from app.webhook_events order by id')).toEqual(before);

    const stale =
      provider === 'mux'
        ? signedWebhook(eventOf('video.asset.ready'), { secret: webhookSecrets[0], ageSeconds: 301 })
        : svixWebhook(eventOf('user.deleted'), { secret: secrets[provider], ageSeconds: 301 });
    expect((await sendWebhook(url(), wire(stale))).status).toBe(202);
    expect(await rowsOf("select state from app.webhook_events where state = 'quarantined'")).not.toEqual([]);
  });
});

describe('what was refused', () => {
  it('is counted, every one of them, by provider; and of a payload no log line tells', async () => {
    // The counters are told the rest when the app ends; a minute is too long for a test.
    await subject.app.inbox.settle();
    const rows = await rowsOf(
      'select provider, sum(refused)::int as refused from app.webhook_refusals group by 1 order by 1',
    );
    expect(rows).toEqual(
      (['clerk', 'mux', 'resend'] as const).map((provider) => ({ provider, refused: forgeries[provider].length })),
    );
    const metrics = await (await fetch(`${subject.origin}/metrics`)).text();
    for (const provider of ['mux', 'clerk', 'resend'] as const) {
      const counts = [
        ...metrics.matchAll(
          new RegExp(`mm_webhooks_received_total\\{provider="${provider}",outcome="signature_\\w+"\\} (\\d+)`, 'g'),
        ),
      ];
      expect(counts.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(forgeries[provider].length);
    }
    expect(subject.log()).toContain('webhook refused');
    expect(subject.log()).not.toContain(marker);
  });
});
