import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { arrangeShare, arrangeShareInTime, arrangeVideo, decide, type Upload } from '../src/arrange.ts';
import { createTestDatabase, type PersonaName, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
let video: Upload;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  video = await arrangeVideo(database, 'amelia');
});
afterAll(() => database?.close());

const hour = 3_600_000;
const at = (hours: number) => new Date(Date.now() + hours * hour);

type Row = {
  kind: string;
  share_token_id: string | null;
  created_by_name: string | null;
  valid_from: Date | null;
  valid_until: Date | null;
  plays: number;
  renewals: number;
  refusals: number;
  rules: { rule: string; count: number }[];
  decisions: { allowed: boolean; rule: string; by_name: string | null }[];
  changes: { action: string; reason: string | null; by_name: string | null }[];
};

const explain = (who: PersonaName, from: Date, before: Date, videoId: string | null, linkId: string | null = null) =>
  database.asUser(who, async (client) => {
    const { rows } = await client.query<Row>('select * from api.explain_playback($1, $2, $3, $4)', [
      from,
      before,
      videoId,
      linkId,
    ]);
    return rows;
  });

describe('why a video could be watched', () => {
  test('each link tells when it was valid, who was let in or refused by which rule, and what was changed of it', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId, { label: 'Parents' });
    const first = await decide(database, share.publicId, share.secret);
    await decide(database, share.publicId, share.secret, { sessionId: first.session_id });
    await decide(database, share.publicId, 'not-the-secret');
    await database.asUser(
      'amelia',
      (client) => client.query(`select api.revoke_share_token($1, 'Left the club')`, [share.id]),
      { keep: true },
    );
    await decide(database, share.publicId, share.secret);

    const [row, ...others] = await explain('amelia', at(-1), at(1), video.videoId);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ kind: 'share', share_token_id: share.id, plays: 1, renewals: 1, refusals: 2 });
    expect(row?.rules.map(({ rule, count }) => `${rule} ${count}`)).toEqual([
      'play.allowed 2',
      'play.revoked 1',
      'play.wrong_secret 1',
    ]);
    expect(row?.decisions.map(({ rule }) => rule)).toEqual([
      'play.revoked',
      'play.wrong_secret',
      'play.allowed',
      'play.allowed',
    ]);
    expect(row?.changes).toMatchObject([
      { action: 'share_token.created', by_name: 'Amelia Hart' },
      { action: 'share_token.revoked', by_name: 'Amelia Hart', reason: 'Left the club' },
    ]);
    const revoked = await database.admin.query('select created_at, revoked_at from app.share_tokens where id = $1', [
      share.id,
    ]);
    expect(revoked.rows).toEqual([{ created_at: row?.valid_from, revoked_at: row?.valid_until }]);
  });

  test('a link belongs to the days on which it was valid, whether anybody used it or not', async () => {
    const old = await arrangeShareInTime(database, video, { madeHoursAgo: 100, lifeHours: 48 });
    const ids = async (from: Date, before: Date) =>
      (await explain('amelia', from, before, video.videoId)).map((row) => row.share_token_id);
    expect(await ids(at(-76), at(-75))).toEqual([old.id]);
    expect(await ids(at(-51), at(-1))).toEqual([]);
    expect(await ids(at(-200), at(-101))).toEqual([]);
  });

  test('who was let in shortly before a moment could still watch at that moment', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    await decide(database, share.publicId, share.secret, { ttl: 300 });
    await database.admin.query(
      `update app.share_tokens set revoked_at = clock_timestamp(), revoked_by = coach_id, revoke_reason = 'Over' where id = $1`,
      [share.id],
    );
    const [row] = await explain('amelia', new Date(Date.now() + 60_000), at(1), video.videoId);
    expect(row).toMatchObject({ share_token_id: share.id, plays: 1, valid_from: null, valid_until: null });
    expect(await explain('amelia', new Date(Date.now() + 400_000), at(1), video.videoId)).toEqual([]);
  });

  test('a preview by staff is told beside the links; of one link, nothing else', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    await database.asUser('priya', (client) => client.query('select api.decide_preview($1, 60)', [video.videoId]), {
      keep: true,
    });
    const kinds = (rows: Row[]) => rows.map(({ kind, decisions }) => [kind, decisions.map((one) => one.by_name)]);
    expect(kinds(await explain('priya', at(-1), at(1), video.videoId))).toEqual([
      ['share', []],
      ['preview', ['Priya Nair']],
    ]);
    // A coach sees that somebody of the staff looked, and not who.
    expect(kinds(await explain('amelia', at(-1), at(1), video.videoId))).toEqual([
      ['share', []],
      ['preview', [null]],
    ]);
    expect(kinds(await explain('priya', at(-1), at(1), null, share.id))).toEqual([['share', []]]);
  });
});

describe('is refused', () => {
  test('to a coach about another coach’s video or link', async () => {
    const others = await arrangeVideo(database, 'ben');
    const share = await arrangeShare(database, 'ben', others.videoId);
    const refused = { status: 404, code: 'video.not_found' };
    expect(await refusalOf(explain('amelia', at(-1), at(1), others.videoId))).toMatchObject(refused);
    expect(await refusalOf(explain('amelia', at(-1), at(1), null, share.id))).toMatchObject(refused);
    // A link of one's own under a video of somebody else's is no way in either.
    const own = await arrangeShare(database, 'amelia', video.videoId);
    expect(await refusalOf(explain('amelia', at(-1), at(1), others.videoId, own.id))).toMatchObject(refused);
  });

  test.each([
    ['nothing is named', () => explain('amelia', at(-1), at(1), null), 'of_video_id'],
    ['the end is not after the beginning', () => explain('amelia', at(1), at(1), video.videoId), 'before_at'],
    ['the period is longer than 31 days', () => explain('amelia', at(-24 * 32), at(0), video.videoId), 'before_at'],
  ])('when %s', async (_what, ask, field) => {
    expect(await refusalOf(ask())).toMatchObject({
      status: 422,
      code: 'request.invalid',
      fields: [{ pointer: `#/${field}` }],
    });
  });
});
