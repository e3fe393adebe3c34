import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrangeShare, arrangeVideo, decide } from '../src/arrange.ts';
import { createTestDatabase, type PersonaName, type TestDatabase } from '../src/index.ts';

const playbook = readFileSync(
  new URL('../../docs/playbook/security/signed-playback-and-sharing.md', import.meta.url),
  'utf8',
);
const [why, weekly, alive] = [...playbook.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql]) => sql ?? '');

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

/** Runs a block of the playbook as it stands there; `:name` is what its reader puts in. */
const run = async (who: PersonaName, sql: string | undefined, given: Record<string, string> = {}) =>
  database.asUser(who, async (client) => {
    const names = Object.keys(given);
    const text = names.reduce(
      (query, name, i) => query.replaceAll(new RegExp(`:${name}\\b`, 'g'), `$${i + 1}`),
      sql ?? 'missing',
    );
    return (await client.query(text, Object.values(given))).rows as Record<string, unknown>[];
  });

test('the playbook’s query tells why a video could be watched on a day: by which link, made by whom, ended why', async () => {
  const video = await arrangeVideo(database, 'amelia');
  const share = await arrangeShare(database, 'amelia', video.videoId, { label: 'For the club' });
  await decide(database, share.publicId, share.secret);
  await database.asUser(
    'amelia',
    (client) => client.query(`select api.revoke_share_token($1, 'Wrong club')`, [share.id]),
    { keep: true },
  );
  await decide(database, share.publicId, share.secret);
  const day = new Date().toISOString().slice(0, 10);
  const rows = await run('priya', why, { video: video.videoId, day: `${day}T00:00:00Z` });
  expect(rows).toMatchObject([
    { kind: 'share', allowed: true, rule: 'play.allowed', label: 'For the club', created_by_name: 'Amelia Hart' },
    { kind: 'share', allowed: false, rule: 'play.revoked', revoke_reason: 'Wrong club' },
  ]);
  expect(await run('priya', why, { video: video.videoId, day: '2020-05-03T00:00:00Z' })).toEqual([]);

  const report = await run('grace', weekly);
  expect(report).toMatchObject([{ revoked: '1', allowed_after: '0' }]);
  expect(Number(report[0]?.longest_seconds)).toBeGreaterThan(200);
});

test('the playbook’s query tells which receipts have links that can still be played', async () => {
  const video = await arrangeVideo(database, 'ben');
  const share = await arrangeShare(database, 'ben', video.videoId);
  const play = await decide(database, share.publicId, share.secret);
  expect(await run('priya', alive)).toEqual([]);
  await database.asUser(
    'priya',
    (client) =>
      client.query(`select api.revoke_share_tokens('The season is over', 1, of_video_id => $1)`, [video.videoId]),
    { keep: true },
  );
  expect(await run('priya', alive)).toMatchObject([{ reason: 'The season is over', until: play.token_expires_at }]);
});
