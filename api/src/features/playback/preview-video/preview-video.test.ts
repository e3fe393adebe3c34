import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startUnitApp, type UnitApp } from '../../../../test/unit-app.ts';

let unit: UnitApp;
beforeAll(async () => {
  unit = await startUnitApp();
});
afterAll(() => unit.close());

describe('a preview', () => {
  it('needs a session', async () => {
    const answer = await unit.app.inject({
      method: 'POST',
      url: '/api/videos/0198c5e2-7c1f-7d6e-9c53-0f6a3b0f9a11/preview',
    });
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'auth.token_missing' });
  });

  it('needs the id of a video', async () => {
    const answer = await unit.app.inject({
      method: 'POST',
      url: '/api/videos/first/preview',
      headers: await unit.authorization(),
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ errors: [{ pointer: '#/params/id' }] });
  });
});
