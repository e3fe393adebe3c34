import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startUnitApp, type UnitApp } from '../../../../test/unit-app.ts';

let unit: UnitApp;
beforeAll(async () => {
  unit = await startUnitApp();
});
afterAll(() => unit.close());

const goodId = 'Ab3dEf6hIj9k';
const goodSecret = 'q'.repeat(43);
const json = (body: unknown) => JSON.stringify(body);

describe('a share link that cannot be one of ours', () => {
  // Each of these is refused without asking the database, which listens nowhere here: asking would be answered 503.
  it.each<[string, string, string | undefined, string]>([
    ['with no body', goodId, undefined, 'application/json'],
    ['with an empty body', goodId, '', 'application/json'],
    ['with a body that is no JSON', goodId, '{"secret":', 'application/json'],
    ['with a body that is a list', goodId, '[]', 'application/json'],
    ['with null for a body', goodId, 'null', 'application/json'],
    ['without a secret', goodId, '{}', 'application/json'],
    ['with a secret that is a number', goodId, json({ secret: 12 }), 'application/json'],
    ['with an empty secret', goodId, json({ secret: '' }), 'application/json'],
    ['with a secret that is too short', goodId, json({ secret: 'short' }), 'application/json'],
    ['with a secret that is too long', goodId, json({ secret: 'q'.repeat(1_000) }), 'application/json'],
    ['with a secret in another alphabet', goodId, json({ secret: `${'q'.repeat(30)}'--` }), 'application/json'],
    ['with a zero byte in its secret', goodId, json({ secret: `${'q'.repeat(30)}\u0000` }), 'application/json'],
    ['with a form for a body', goodId, `secret=${goodSecret}`, 'application/x-www-form-urlencoded'],
    ['with an id that is too short', 'Ab3', json({ secret: goodSecret }), 'application/json'],
    ['with an id that is too long', 'A'.repeat(2_000), json({ secret: goodSecret }), 'application/json'],
    ['with an id in another alphabet', "Ab3'or'1", json({ secret: goodSecret }), 'application/json'],
    ['with a zero byte in its id', 'Ab3dEf6h%00Ij', json({ secret: goodSecret }), 'application/json'],
    ['with an id of dots', '%2e%2e%2e%2e%2e%2e', json({ secret: goodSecret }), 'application/json'],
  ])('%s is refused in the words of every refusal', async (_name, publicId, payload, contentType) => {
    const answer = await unit.app.inject({
      method: 'POST',
      url: `/api/share/${publicId}`,
      headers: { 'content-type': contentType, 'x-request-id': 'request-0001' },
      ...(payload === undefined ? {} : { payload }),
    });
    expect(answer.statusCode).toBe(403);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toEqual({
      type: 'urn:motion-mavericks:problem:share.unavailable',
      title: 'This link does not work',
      status: 403,
      detail: 'This link does not work, or does not work any more. Ask the person who sent it for a new one.',
      code: 'share.unavailable',
      requestId: 'request-0001',
    });
  });
});

describe('a share link', () => {
  it('may be long enough for no flood: a body over 4 KiB is refused unread', async () => {
    const answer = await unit.app.inject({
      method: 'POST',
      url: `/api/share/${goodId}`,
      headers: { 'content-type': 'application/json' },
      payload: json({ secret: 'q'.repeat(5_000) }),
    });
    expect(answer.statusCode).toBe(413);
  });

  it('is never resolved by GET, whose URL would be written down everywhere', async () => {
    expect((await unit.app.inject(`/api/share/${goodId}?secret=${goodSecret}`)).statusCode).toBe(404);
  });
});
