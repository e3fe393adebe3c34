import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startUnitApp, type UnitApp } from '../../../../test/unit-app.ts';

const body = { title: 'Turns', fileName: 'turns.mp4', fileSizeBytes: 1_000, contentType: 'video/mp4' };

let unit: UnitApp;
beforeAll(async () => {
  unit = await startUnitApp();
});
afterAll(() => unit.close());

const post = async (payload: unknown, headers: Record<string, string> = {}) =>
  unit.app.inject({
    method: 'POST',
    url: '/api/uploads',
    headers: { 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });

describe('a request for an upload', () => {
  it('without a session is refused before its body is read', async () => {
    const answer = await post('{not json');
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.json()).toMatchObject({ code: 'auth.token_missing' });
  });

  it.each(['Bearer', 'Bearer abc', 'Basic YTpi', 'Bearer a.b.c'])(
    'with %j for a session is refused',
    async (authorization) => {
      const answer = await post(body, { authorization });
      expect(answer.statusCode).toBe(401);
      expect(answer.json()).toMatchObject({ code: 'auth.token_invalid' });
    },
  );

  it.each<[string, Record<string, unknown>, string, string]>([
    ['without a title', { ...body, title: undefined }, '#/title', 'field.missing'],
    ['with a blank title', { ...body, title: '   ' }, '#/title', 'field.too_small'],
    ['with a title of 201 characters', { ...body, title: 'x'.repeat(201) }, '#/title', 'field.too_big'],
    [
      'with a description of 2001 characters',
      { ...body, description: 'x'.repeat(2001) },
      '#/description',
      'field.too_big',
    ],
    ['with an empty file', { ...body, fileSizeBytes: 0 }, '#/fileSizeBytes', 'field.too_small'],
    ['with a size in words', { ...body, fileSizeBytes: 'large' }, '#/fileSizeBytes', 'field.invalid_type'],
    ['with a fractional size', { ...body, fileSizeBytes: 1.5 }, '#/fileSizeBytes', 'field.safeint'],
    ['with a fingerprint that is none', { ...body, fileFingerprint: 'abc' }, '#/fileFingerprint', 'field.regex'],
    ['with an end in words', { ...body, shareExpiresAt: 'tomorrow' }, '#/shareExpiresAt', 'field.datetime'],
    ['with a field nobody knows', { ...body, coachId: 'somebody else' }, '#/coachId', 'field.unknown'],
  ])('%s is refused with a pointer to the field', async (_name, payload, pointer, code) => {
    const answer = await post(payload, await unit.authorization());
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({
      code: 'request.invalid',
      errors: [{ pointer, code, detail: expect.any(String) }],
    });
  });

  it('names every wrong field at once', async () => {
    const answer = await post({ title: '' }, await unit.authorization());
    const { errors } = answer.json<{ errors: { pointer: string }[] }>();
    expect(errors.map((error) => error.pointer).sort()).toEqual([
      '#/contentType',
      '#/fileName',
      '#/fileSizeBytes',
      '#/title',
    ]);
  });

  it.each([
    ['that is no JSON', '{not json', 'application/json', 400, 'request.malformed'],
    ['that is empty', '', 'application/json', 400, 'request.malformed'],
    ['that is a form', 'title=x', 'application/x-www-form-urlencoded', 415, 'request.media_type_unsupported'],
    [
      'that is larger than 64 KiB',
      JSON.stringify({ ...body, title: 'x'.repeat(70_000) }),
      'application/json',
      413,
      'request.too_large',
    ],
  ])('with a body %s is refused', async (_name, payload, contentType, status, code) => {
    const answer = await post(payload, { ...(await unit.authorization()), 'content-type': contentType });
    expect({ status: answer.statusCode, code: answer.json<{ code: string }>().code }).toEqual({ status, code });
  });

  it('is answered 503 while the database is away, and Mux is not asked', async () => {
    const answer = await post(body, await unit.authorization());
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code: 'service.unavailable' });
  });
});
