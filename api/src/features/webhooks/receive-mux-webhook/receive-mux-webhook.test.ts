import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedWebhook } from '../../../../test/signed-webhook.ts';
import { startUnitApp, type UnitApp } from '../../../../test/unit-app.ts';

const secret = 'webhook-secret-one';
const event = { id: 'event-1', type: 'video.asset.ready', object: { type: 'asset', id: 'asset-1' }, data: {} };

let unit: UnitApp;
beforeAll(async () => {
  unit = await startUnitApp({ MUX_WEBHOOK_SECRETS: secret });
});
afterAll(() => unit.close());

const deliver = (payload: string, headers: Record<string, string>) =>
  unit.app.inject({
    method: 'POST',
    url: '/api/webhooks/mux',
    headers: { 'content-type': 'application/json', ...headers },
    payload,
  });

describe('a webhook of Mux', () => {
  it.each([
    ['without a signature', {}],
    ['with a signature of another secret', signedWebhook(event, { secret: 'not-the-secret-at-all' }).headers],
    ['with a signature of the future', signedWebhook(event, { secret, ageSeconds: -120 }).headers],
    ['with a signature over another body', signedWebhook({ ...event, id: 'event-2' }, { secret }).headers],
  ])('%s is refused, whether there is a database or not', async (_name, headers) => {
    const answer = await deliver(JSON.stringify(event), headers);
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'webhook.signature_invalid' });
  });

  it('is counted when it is refused', async () => {
    await deliver('{}', {});
    const metrics = await unit.app.inject('/metrics');
    expect(metrics.body).toMatch(/mm_webhooks_received_total\{provider="mux",outcome="signature_missing"\} [1-9]/);
  });

  it.each([
    ['no JSON', '{"id":'],
    ['a list', '[]'],
    ['an event without an id', '{"type":"video.asset.ready"}'],
    ['an event without a type', '{"id":"event-1"}'],
    ['an event with an id that is too long', JSON.stringify({ ...event, id: 'x'.repeat(300) })],
    ['an event with an id that cannot be stored', JSON.stringify({ ...event, id: 'event-\0' })],
  ])('that is rightly signed but %s is refused', async (_name, payload) => {
    const answer = await deliver(payload, signedWebhook(payload, { secret }).headers);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code: 'webhook.body_invalid' });
  });

  it('that cannot be stored is answered 503, so that Mux brings it again', async () => {
    const { body, headers } = signedWebhook(event, { secret });
    const answer = await deliver(body, headers);
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('2');
  });
});
