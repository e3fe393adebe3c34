import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrangeVideo, type Upload } from '../src/arrange.ts';
import { claimsOf, createTestDatabase, type TestDatabase } from '../src/index.ts';
import { openWireDoors, type WireDoors } from './doors.ts';
import { goodToken } from './forgery.ts';

let database: TestDatabase;
let doors: WireDoors;
let videos: Record<'amelia' | 'ben', Upload>;
beforeAll(async () => {
  database = await createTestDatabase();
  videos = { amelia: await arrangeVideo(database, 'amelia'), ben: await arrangeVideo(database, 'ben') };
  // One connection of the database for everybody: what one caller leaves behind, the next one gets.
  doors = await openWireDoors(database, 1);
});
afterAll(async () => {
  await doors?.close();
  await database?.close();
});

async function preview(who: 'amelia' | 'ben' | null, of: 'amelia' | 'ben'): Promise<number> {
  const { status } = await fetch(`${doors.apiUrl}/api/videos/${videos[of].videoId}/preview`, {
    method: 'POST',
    headers: who === null ? {} : { authorization: `Bearer ${goodToken(doors.keys, claimsOf(who))}` },
  });
  return status;
}

test('callers who share one connection, many at once, are each answered as themselves', async () => {
  const asked = Array.from({ length: 60 }, (_, i) => ({
    who: i % 2 === 0 ? ('amelia' as const) : ('ben' as const),
    of: i % 3 === 0 ? ('amelia' as const) : ('ben' as const),
  }));
  const answers = await Promise.all(asked.map(({ who, of }) => preview(who, of)));
  expect(answers).toEqual(asked.map(({ who, of }) => (who === of ? 200 : 404)));
});

test('nobody, coming right after somebody on the same connection, is nobody', async () => {
  expect(await preview('amelia', 'amelia')).toBe(200);
  expect(await preview(null, 'amelia')).toBe(401);
  const share = await fetch(`${doors.apiUrl}/api/share/unknownlink1`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret: 'x'.repeat(43) }),
  });
  expect(share.status).toBe(403);
});

test('every decision is recorded for the person who asked, and for nobody else', async () => {
  const { rows } = await database.admin.query<{ strangers: number }>(
    `select count(*)::int as strangers from app.playback_decisions d where d.kind = 'preview' and d.profile_id <> d.coach_id`,
  );
  expect(rows).toEqual([{ strangers: 0 }]);
});

test('after an error in the middle of a caller’s transaction nothing of them is left', async () => {
  const broken = await fetch(`${doors.apiUrl}/api/videos/${videos.ben.videoId}/preview`, {
    method: 'POST',
    headers: { authorization: `Bearer ${goodToken(doors.keys, claimsOf('amelia'))}` },
  });
  expect(broken.status).toBe(404);
  expect(await preview('ben', 'ben')).toBe(200);
  expect(await preview('ben', 'amelia')).toBe(404);
});
