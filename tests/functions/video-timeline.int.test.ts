import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrangeShare, arrangeShareInTime, arrangeVideo, decide, report, type Upload } from '../src/arrange.ts';
import { createTestDatabase, type PersonaName, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
let video: Upload;

const play = { sequence: 0, kind: 'play', position_ms: 0, occurred_at: new Date().toISOString() };

/** `at` as text: a Date would lose the microseconds, by which the next page begins. */
type Line = { id: string; at: string; source: string; step: string; reason: string | null; actor_name: string | null };

beforeAll(async () => {
  database = await createTestDatabase();
  video = await arrangeVideo(database, 'amelia');
  const share = await arrangeShare(database, 'amelia', video.videoId, { label: 'For the club' });
  const { session_id } = await decide(database, share.publicId, share.secret, { ttl: 60 });
  await report(database, share.publicId, session_id ?? '', [play]);
  await arrangeShareInTime(database, video, { madeHoursAgo: 200 });
  await database.asUser(
    'priya',
    (client) => client.query(`select api.revoke_share_token($1, 'Wrong person')`, [share.id]),
    { keep: true },
  );
  await database.admin.query(
    `insert into app.webhook_events (provider, event_id, type, object_id, body, signed_at, state, processed_at)
     values ('mux', 'told', 'video.asset.ready', $1, '{}', now(), 'processed', now()),
            ('mux', 'of another', 'video.asset.ready', 'another asset', '{}', now(), 'processed', now())`,
    [video.assetId],
  );
});
afterAll(() => database?.close());

const read = (who: PersonaName, more = '', values: unknown[] = []): Promise<Line[]> =>
  database.asUser(
    who,
    async (client) =>
      (
        await client.query<Line>(`select t.*, to_jsonb(t) ->> 'at' as at from api.video_timeline($1${more}) t`, [
          video.videoId,
          ...values,
        ])
      ).rows,
  );

test('the story of a video has its upload, recording, links, acts with who and why, and plays', async () => {
  const lines = await read('amelia');
  expect([...new Set(lines.map(({ source, step }) => `${source} ${step}`))].sort()).toEqual([
    'act share_token.created',
    'act share_token.revoked',
    'act video.created',
    'asset created',
    'asset ready',
    'link expired',
    'plays watched',
    'upload processing',
    'upload ready',
    'upload requested',
    'upload uploading',
  ]);
  expect(lines.find(({ step }) => step === 'share_token.revoked')).toMatchObject({
    reason: 'Wrong person',
    object_name: 'For the club',
    // A coach does not read who else works here.
    actor_name: null,
  });
  expect(lines.find(({ source }) => source === 'plays')).toMatchObject({ facts: { plays: 1, measured: 1 } });
});

test('an admin also reads the events of Mux about it, and who did what', async () => {
  const lines = await read('priya');
  expect(lines.filter(({ source }) => source === 'event')).toMatchObject([
    { step: 'video.asset.ready', object_name: 'told', facts: { state: 'processed' } },
  ]);
  expect(lines.find(({ step }) => step === 'share_token.revoked')).toMatchObject({ actor_name: 'Priya Nair' });
  expect((await read('amelia')).some(({ source }) => source === 'event')).toBe(false);
});

test('page by page it tells the same as at once, newest first, each line once', async () => {
  const whole = await read('priya');
  const paged: Line[] = [];
  for (;;) {
    const last = paged.at(-1);
    const page = await read('priya', ', $2, $3, 3', [last?.at ?? null, last?.id ?? null]);
    paged.push(...page);
    if (page.length < 3) break;
  }
  expect(paged.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
  expect(new Set(paged.map(({ id }) => id)).size).toBe(whole.length);
  expect(whole.map(({ at }) => at)).toEqual(whole.map(({ at }) => at).sort((a, b) => Date.parse(b) - Date.parse(a)));
});

test('the video of another coach is not found', async () => {
  expect(await refusalOf(read('ben'))).toMatchObject({ status: 404, code: 'video.not_found' });
});
