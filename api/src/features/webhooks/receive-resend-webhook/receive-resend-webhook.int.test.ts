import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IntegrationApp, startIntegrationApp } from '../../../../test/integration-app.ts';
import { svixSecretOf, svixWebhook } from '../../../../test/svix-webhook.ts';

const secrets = [svixSecretOf('resend, older'), svixSecretOf('resend, newer')] as const;

let subject: IntegrationApp;
beforeAll(async () => {
  subject = await startIntegrationApp({ environment: { RESEND_WEBHOOK_SECRETS: secrets.join(',') } });
});
afterAll(() => subject.close());

const bounced = () => ({
  type: 'email.bounced',
  created_at: new Date().toISOString(),
  data: { email_id: randomUUID(), to: ['somebody@example.com'], bounce: { type: 'Permanent' } },
});

describe('an event of Resend', () => {
  it.each(secrets)('is stored once under each of the two secrets, with the id of the mail (%s)', async (secret) => {
    const event = bounced();
    const { body, headers } = svixWebhook(event, { secret });
    for (let time = 0; time < 2; time += 1) {
      const response = await fetch(`${subject.origin}/api/webhooks/resend`, { method: 'POST', headers, body });
      expect(response.status).toBe(200);
    }
    const { rows } = await subject.database.admin.query(
      `select provider, type, object_id, convert_from(body, 'utf8') as body from app.webhook_events where event_id = $1`,
      [headers['svix-id']],
    );
    expect(rows).toEqual([{ provider: 'resend', type: 'email.bounced', object_id: event.data.email_id, body }]);
  });

  it('has no address where its secrets are not configured, nor has one of Clerk', async () => {
    const { body, headers } = svixWebhook(bounced(), { secret: secrets[0] });
    const response = await fetch(`${subject.origin}/api/webhooks/clerk`, { method: 'POST', headers, body });
    expect({ status: response.status, code: ((await response.json()) as { code: string }).code }).toEqual({
      status: 404,
      code: 'request.not_found',
    });
  });
});
