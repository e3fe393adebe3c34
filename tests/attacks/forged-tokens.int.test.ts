import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrangeVideo, type Upload } from '../src/arrange.ts';
import { claimsOf, createTestDatabase, type TestDatabase } from '../src/index.ts';
import { openWireDoors, type WireDoors } from './doors.ts';
import { forgeries, goodToken } from './forgery.ts';

let database: TestDatabase;
let doors: WireDoors;
let video: Upload;
beforeAll(async () => {
  database = await createTestDatabase();
  video = await arrangeVideo(database, 'amelia');
  doors = await openWireDoors(database);
});
afterAll(async () => {
  await doors?.close();
  await database?.close();
});

/** What a token opens: the profile at PostgREST, the preview of a video at the api, and PostgREST behind the api. */
async function knock(token: string): Promise<{ rest: number; proxied: number; api: number; told: string }> {
  const authorization = `Bearer ${token}`;
  const rest = await fetch(`${doors.restUrl}/me?select=subject`, { headers: { authorization } });
  const proxied = await fetch(`${doors.apiUrl}/rest/me?select=subject`, { headers: { authorization } });
  const api = await fetch(`${doors.apiUrl}/api/videos/${video.videoId}/preview`, {
    method: 'POST',
    headers: { authorization },
  });
  const told = (await Promise.all([rest.text(), proxied.text(), api.text()])).join('\n');
  return { rest: rest.status, proxied: proxied.status, api: api.status, told };
}

test.each(['amelia', 'priya'] as const)(
  'the token of %s, made the same way and good, opens every door',
  async (who) => {
    const { told, ...statuses } = await knock(goodToken(doors.keys, claimsOf(who)));
    expect(statuses).toEqual({ rest: 200, proxied: 200, api: 200 });
    expect(told).toContain(claimsOf(who).sub);
  },
);

test('there are more than fifty forgeries, each another', () => {
  expect(forgeries.length).toBeGreaterThanOrEqual(50);
  expect(new Set(forgeries.map(({ title }) => title)).size).toBe(forgeries.length);
});

test.each(forgeries)('a forged token opens no door: $title', async ({ make }) => {
  const { told, ...statuses } = await knock(make(doors.keys));
  for (const [door, status] of Object.entries(statuses))
    expect.soft([400, 401, 403], `${door} ${told}`).toContain(status);
  expect.soft(told).not.toMatch(/user_amelia_hart|user_priya_nair|playbackUrl|"subject"/);
});
