import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startUnitApp, type UnitApp } from '../../../../test/unit-app.ts';

let subject: UnitApp;
beforeAll(async () => {
  subject = await startUnitApp();
});
afterAll(() => subject.close());

const ask = async (query: string, headers: Record<string, string> = {}) => {
  const response = await subject.app.inject({ url: `/api/audit/export${query}`, headers });
  return { status: response.statusCode, problem: response.json() };
};

describe('GET /api/audit/export, before the database is asked', () => {
  it('wants a session', async () => {
    expect(await ask('')).toMatchObject({ status: 401, problem: { code: 'auth.token_missing' } });
  });

  it.each([
    ['format', '?format=xml'],
    ['actor', '?actor='],
    ['actor', '?actor=a%00b'],
    ['action', '?action=DROP'],
    ['object_type', '?object_type=Share%20Token'],
    ['object_id', `?object_id=${'x'.repeat(256)}`],
    ['from', '?from=yesterday'],
    ['from', '?from=0000-01-01T00:00:00Z'],
    ['to', '?to=2026-13-01T00:00:00Z'],
    ['to', '?from=2026-11-21T00:00:00Z&to=2026-11-21T00:00:00Z'],
    ['actr', '?actr=user_priya_nair'],
    ['action', '?action=video.updated&action=video.deleted'],
  ])('refuses a wrong %s at its field: %s', async (field, query) => {
    const { status, problem } = await ask(query, await subject.authorization());
    expect({ status, code: problem.code }).toEqual({ status: 422, code: 'request.invalid' });
    expect(problem.errors).toMatchObject([{ pointer: `#/querystring/${field}` }]);
  });

  it('is no answer to HEAD, which would be recorded for nothing', async () => {
    const response = await subject.app.inject({ method: 'HEAD', url: '/api/audit/export' });
    expect(response.statusCode).toBe(404);
  });
});

describe('GET /api/audit/consistency, before the database is asked', () => {
  it.each([
    ['from', '?from=0&to=1'],
    ['from', '?from=-1&to=1'],
    ['to', '?from=2&to=1'],
    ['to', '?from=1&to=1e3'],
    ['to', '?from=1'],
    ['size', '?from=1&to=2&size=2'],
  ])('refuses a wrong %s at its field: %s', async (field, query) => {
    const response = await subject.app.inject({ url: `/api/audit/consistency${query}` });
    expect(response.statusCode).toBe(422);
    expect(response.json().errors).toMatchObject([{ pointer: `#/querystring/${field}` }]);
  });
});
