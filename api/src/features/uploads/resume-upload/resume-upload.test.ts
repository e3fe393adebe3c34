import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startUnitApp, type UnitApp } from '../../../../test/unit-app.ts';

let unit: UnitApp;
beforeAll(async () => {
  unit = await startUnitApp();
});
afterAll(() => unit.close());

describe('going on with an upload', () => {
  it('needs a session', async () => {
    const answer = await unit.app.inject({ url: '/api/uploads/0198c5e2-7c1f-7d6e-9c53-0f6a3b0f9a11' });
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'auth.token_missing' });
  });

  it('needs the id of a job, and says where it stands when it is none', async () => {
    const answer = await unit.app.inject({ url: '/api/uploads/latest', headers: await unit.authorization() });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({
      code: 'request.invalid',
      errors: [{ pointer: '#/params/id', code: 'field.uuid', detail: 'This must be a UUID.' }],
    });
  });
});
