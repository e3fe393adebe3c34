import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IntegrationApp, startIntegrationApp } from '../../../../test/integration-app.ts';
import { svixSecretOf, svixWebhook } from '../../../../test/svix-webhook.ts';
import { startWorker, type Worker } from '../../../jobs/worker.ts';

const secrets = [svixSecretOf('clerk, older'), svixSecretOf('clerk, newer')] as const;

let subject: IntegrationApp;
let worker: Worker;
beforeAll(async () => {
  subject = await startIntegrationApp({ environment: { CLERK_WEBHOOK_SECRETS: secrets.join(',') } });
  worker = await startWorker(subject.config, pino({ level: 'silent' }));
});
afterAll(async () => {
  await worker.close();
  await subject.close();
});

async function deliver(event: object, options: { secret?: string; id?: string; ageSeconds?: number } = {}) {
  const { body, headers } = svixWebhook(event, { secret: secrets[0], ...options });
  const response = await fetch(`${subject.origin}/api/webhooks/clerk`, { method: 'POST', headers, body });
  return { status: response.status, id: headers['svix-id'], body };
}
const stored = async (id: string) => {
  const { rows } = await subject.database.admin.query(
    `select type, object_id, state, convert_from(body, 'utf8') as body from app.webhook_events where provider = 'clerk' and event_id = $1`,
    [id],
  );
  return rows;
};

describe('an event of Clerk', () => {
  it.each(secrets)(
    'is stored byte for byte under each of the two secrets, and does not say outside its body whom it is about (%s)',
    async (secret) => {
      const { status, id, body } = await deliver({ type: 'organization.created', data: { id: 'user_1' } }, { secret });
      expect(status).toBe(200);
      expect(await stored(id)).toMatchObject([{ type: 'organization.created', object_id: null, body }]);
    },
  );

  it('that comes twice, by the id of its message, is stored once', async () => {
    const event = { type: 'organization.created', data: { id: randomUUID() } };
    const id = `msg_${randomUUID()}`;
    expect((await deliver(event, { id })).status).toBe(200);
    expect((await deliver(event, { id, secret: secrets[1] })).status).toBe(200);
    expect(await stored(id)).toHaveLength(1);
  });

  it('that is stale is kept aside', async () => {
    const { status, id } = await deliver(
      { type: 'user.deleted', data: { id: 'user_ben_okafor' } },
      { ageSeconds: 400 },
    );
    expect(status).toBe(202);
    expect(await stored(id)).toMatchObject([{ state: 'quarantined' }]);
  });

  it.each([
    ['no JSON', '{"type":'],
    ['without a type', '{"data":{}}'],
  ])('that is rightly signed but %s is refused', async (_name, body) => {
    const { status } = await deliver(body as unknown as object);
    expect(status).toBe(422);
  });

  it('about a session that ended ends it at the door of the api, too', async () => {
    const sid = `sess_${randomUUID()}`;
    const ask = async () => {
      const token = await subject.issuer.token({
        claims: { sub: 'user_ben_okafor', role: 'mm_coach', sid, azp: subject.config.http.publicUrl },
      });
      const response = await fetch(`${subject.origin}/api/uploads`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ title: 'Turns', fileName: 'turns.mp4', fileSizeBytes: 1_000, contentType: 'video/mp4' }),
      });
      return { status: response.status, code: ((await response.json()) as { code?: string }).code };
    };
    expect((await ask()).status).toBe(201);
    const { id } = await deliver({ type: 'session.ended', data: { id: sid, user_id: 'user_ben_okafor' } });
    await expect.poll(() => stored(id), { timeout: 15_000 }).toMatchObject([{ state: 'processed' }]);
    expect(await ask()).toEqual({ status: 401, code: 'auth.session_denied' });
  });
});
