import { verifyWebhook } from '@clerk/backend/webhooks';
import { describe, expect, it } from 'vitest';
import { svixSecretOf, svixWebhook } from '../../test/svix-webhook.ts';
import { verifySvixSignature } from './svix-signature.ts';

const secret = svixSecretOf('the secret of clerk');
const keyOf = (text: string): Buffer => Buffer.from(text.slice('whsec_'.length), 'base64');
const event = { type: 'user.updated', object: 'event', data: { id: 'user_1' } };

function verdictOf({ body, headers }: ReturnType<typeof svixWebhook>, secrets: readonly string[] = [secret]) {
  return verifySvixSignature(Buffer.from(body), headers, secrets.map(keyOf));
}

describe("a signature of Svix's", () => {
  it("made like Clerk's own library checks it is accepted by both", async () => {
    const delivery = svixWebhook(event, { secret });
    const request = new Request('https://api.test/api/webhooks/clerk', { method: 'POST', ...delivery });
    expect(await verifyWebhook(request, { signingSecret: secret })).toMatchObject({ type: 'user.updated' });
    expect(verdictOf(delivery)).toMatchObject({ kind: 'fresh' });
  });

  it('is accepted under each of two secrets while one is rotated, and no longer under the old one after that', () => {
    const [old, current, next] = ['old', 'current', 'next'].map(svixSecretOf) as [string, string, string];
    const delivery = svixWebhook(event, { secret: old });
    expect(verdictOf(delivery, [old, current]).kind).toBe('fresh');
    expect(verdictOf(svixWebhook(event, { secret: current }), [old, current]).kind).toBe('fresh');
    expect(verdictOf(delivery, [current, next])).toEqual({ kind: 'refused', reason: 'mismatch' });
  });

  it('is accepted among those of other secrets and other schemes', () => {
    const { body, headers } = svixWebhook(event, { secret });
    const other = svixWebhook(event, { secret: svixSecretOf('another') }).headers['svix-signature'];
    const list = `v1a,ZWQyNTUxOQ== ${other} ${headers['svix-signature']}`;
    expect(verdictOf({ body, headers: { ...headers, 'svix-signature': list } }).kind).toBe('fresh');
  });

  it.each([
    [300, 'fresh'],
    [301, 'stale'],
    [86_400, 'stale'],
    [-60, 'fresh'],
    [-61, 'refused'],
  ])('of %i seconds ago is %s', (age, kind) => {
    const now = new Date('2026-03-01T12:00:00Z');
    const delivery = svixWebhook(event, {
      secret,
      ageSeconds: Math.floor(Date.now() / 1000) - now.getTime() / 1000 + age,
    });
    expect(verifySvixSignature(Buffer.from(delivery.body), delivery.headers, [keyOf(secret)], now).kind).toBe(kind);
  });

  it('does not cover a body in which one byte was changed, wherever it is', () => {
    const { body, headers } = svixWebhook(event, { secret });
    for (let index = 0; index < body.length; index += 1) {
      const changed = Buffer.from(body);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(verifySvixSignature(changed, headers, [keyOf(secret)]).kind).toBe('refused');
    }
  });

  it('in which one character of any header was changed is refused', () => {
    const { body, headers } = svixWebhook(event, { secret });
    for (const name of ['svix-id', 'svix-timestamp', 'svix-signature'] as const) {
      for (let index = 0; index < headers[name].length; index += 1) {
        const old = headers[name][index] ?? '';
        const replacement = old === '1' ? '2' : '1';
        const changed = headers[name].slice(0, index) + replacement + headers[name].slice(index + 1);
        expect(verdictOf({ body, headers: { ...headers, [name]: changed } }).kind, `${name} at ${index}`).toBe(
          'refused',
        );
      }
    }
  });
});
