import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  arrangeShare,
  arrangeShareInTime,
  arrangeUpload,
  arrangeVideo,
  decide,
  only,
  type Upload,
} from '../src/arrange.ts';
import { createTestDatabase, type PersonaName, personas, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
let video: Upload;

beforeAll(async () => {
  database = await createTestDatabase();
  video = await arrangeVideo(database, 'amelia', 'Deep squat');
});
afterAll(() => database?.close());

/** What a refusal tells: the rule, for the record, and nothing about the video. */
const refused = (rule: string) => ({
  allowed: false,
  rule,
  share_token_id: null,
  video_id: null,
  title: null,
  playback_id: null,
  duration_seconds: null,
  aspect_ratio: null,
  share_expires_at: null,
  token_expires_at: null,
  session_id: null,
});

describe('deciding whether the holder of a link may watch', () => {
  test('play.allowed: the right secret of a live link of a ready video', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    const before = Date.now();
    const decision = await decide(database, share.publicId, share.secret, { ttl: 300 });
    expect(decision).toMatchObject({
      allowed: true,
      rule: 'play.allowed',
      share_token_id: share.id,
      video_id: video.videoId,
      title: 'Deep squat',
      playback_id: video.playbackId,
      duration_seconds: '10.5',
      aspect_ratio: '16:9',
      share_expires_at: share.expiresAt,
      session_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
    });
    const life = (decision.token_expires_at?.getTime() ?? 0) - before;
    expect(life).toBeGreaterThan(295_000);
    expect(life).toBeLessThan(360_000);
  });

  test('play.unknown_link: nobody made a link of that id', async () => {
    expect(await decide(database, 'nosuchlink00', 'secret')).toEqual(refused('play.unknown_link'));
  });

  test('play.wrong_secret: the id alone opens nothing', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    expect(await decide(database, share.publicId, 'wrong')).toEqual(refused('play.wrong_secret'));
    expect(await decide(database, share.publicId, `${share.secret} `)).toEqual(refused('play.wrong_secret'));
  });

  test('play.expired: a link ends at its end', async () => {
    const share = await arrangeShareInTime(database, video, { madeHoursAgo: 25, lifeHours: 24 });
    expect(await decide(database, share.publicId, share.secret)).toEqual(refused('play.expired'));
  });

  test('play.not_started: a link begins at its start', async () => {
    const share = await arrangeShareInTime(database, video, { startsInHours: 1 });
    expect(await decide(database, share.publicId, share.secret)).toEqual(refused('play.not_started'));
  });

  test('play.not_ready: the video is still being prepared', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    const share = await arrangeShare(database, 'amelia', upload.videoId);
    expect(await decide(database, share.publicId, share.secret)).toEqual(refused('play.not_ready'));
  });

  test('play.video_unavailable: the video failed or was deleted', async () => {
    const upload = await arrangeVideo(database, 'amelia');
    const share = await arrangeShare(database, 'amelia', upload.videoId);
    await database.admin.query(`select app.apply_asset($1, now(), true)`, [{ id: upload.assetId, status: 'ready' }]);
    expect(await decide(database, share.publicId, share.secret)).toEqual(refused('play.video_unavailable'));
  });

  test('play.coach_suspended: a suspended coach shares nothing', async () => {
    const own = await arrangeVideo(database, 'ben');
    const share = await arrangeShare(database, 'ben', own.videoId);
    await database.admin.query('update app.profiles set suspended_at = now() where subject = $1', [
      personas.ben.subject,
    ]);
    expect(await decide(database, share.publicId, share.secret)).toEqual(refused('play.coach_suspended'));
    await database.admin.query('update app.profiles set suspended_at = null where subject = $1', [
      personas.ben.subject,
    ]);
    expect((await decide(database, share.publicId, share.secret)).rule).toBe('play.allowed');
  });

  test('with the wrong secret nothing else about the link can be learnt', async () => {
    const expired = await arrangeShareInTime(database, video, { madeHoursAgo: 25, lifeHours: 24 });
    expect((await decide(database, expired.publicId, 'wrong')).rule).toBe('play.wrong_secret');
  });

  test('playback tokens never outlive the link (SH-03): they die at its end, at the latest', async () => {
    const share = await arrangeShareInTime(database, video, { madeHoursAgo: 23.9, lifeHours: 24 });
    const decision = await decide(database, share.publicId, share.secret, { ttl: 900 });
    expect(decision.token_expires_at).toEqual(share.expiresAt);
  });

  test.each([0, -1, 901, null])(
    'a token life of %j seconds is refused: 15 minutes is the most (SH-03)',
    async (ttl) => {
      const share = await arrangeShare(database, 'amelia', video.videoId);
      const refusal = await refusalOf(decide(database, share.publicId, share.secret, { ttl: ttl as number }));
      expect(refusal).toMatchObject({ status: 422, fields: [{ pointer: '#/token_ttl_seconds', code: 'range' }] });
    },
  );
});

describe('the record of decisions (SH-10)', () => {
  async function recorded(publicId: string) {
    const { rows } = await database.admin.query(
      `select kind, allowed, is_renewal, rule, share_token_id, video_id, request_id, user_agent_family, token_expires_at is not null as minted
       from app.playback_decisions where public_id = $1 order by id`,
      [publicId],
    );
    return rows;
  }

  test('each decision is recorded with the rule that made it, refusals with the link and video they were about', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    await decide(database, share.publicId, 'wrong');
    await decide(database, share.publicId, share.secret);
    const common = {
      kind: 'share',
      share_token_id: share.id,
      video_id: video.videoId,
      request_id: 'request-1',
      user_agent_family: 'Firefox',
      is_renewal: false,
    };
    expect(await recorded(share.publicId)).toEqual([
      { ...common, allowed: false, rule: 'play.wrong_secret', minted: false },
      { ...common, allowed: true, rule: 'play.allowed', minted: true },
    ]);
  });

  test('an unknown id is recorded as it came, cut to 64 characters', async () => {
    const id = `x${'y'.repeat(100)}`;
    await decide(database, id, 'secret');
    expect(await recorded(id.slice(0, 64))).toMatchObject([{ rule: 'play.unknown_link', share_token_id: null }]);
  });

  test('going on watching is a renewal and not another play; another viewer is', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    for (const viewer of ['one', 'one', 'two', 'one', null, null])
      await decide(database, share.publicId, share.secret, { viewer });
    expect((await recorded(share.publicId)).map((row) => row.is_renewal)).toEqual([
      false,
      true,
      false,
      true,
      false,
      false,
    ]);
    const { rows } = await database.asUser('amelia', (client) =>
      client.query('select play_count, last_played_at is not null as played from api.share_tokens where id = $1', [
        share.id,
      ]),
    );
    expect(rows).toEqual([{ play_count: 4, played: true }]);
  });

  test('the record is append-only, also for its owner', async () => {
    for (const statement of [
      `update app.playback_decisions set rule = 'play.allowed'`,
      'delete from app.playback_decisions',
      'truncate app.playback_decisions',
    ]) {
      await expect(database.admin.query(statement)).rejects.toMatchObject({ hint: 'audit.append_only' });
    }
  });
});

describe('previewing without a link', () => {
  const preview = (who: PersonaName, videoId: string, ttl = 300) =>
    database.asUser(
      who,
      async (client) => only(await client.query('select * from api.decide_preview($1, $2)', [videoId, ttl])),
      { keep: true, headers: { 'x-request-id': 'preview-1' } },
    );

  test('the owner watches their own video, which is recorded and is no privileged read', async () => {
    const own = await arrangeVideo(database, 'amelia');
    expect(await preview('amelia', own.videoId)).toMatchObject({
      playback_id: own.playbackId,
      title: 'Squat',
      aspect_ratio: '16:9',
    });
    const { rows } = await database.admin.query(
      'select kind, allowed, rule from app.playback_decisions where video_id = $1',
      [own.videoId],
    );
    expect(rows).toEqual([{ kind: 'preview', allowed: true, rule: 'play.allowed' }]);
    const entries = await database.admin.query(
      `select from audit.entries where object_id = $1 and action = 'video.preview'`,
      [own.videoId],
    );
    expect(entries.rowCount).toBe(0);
  });

  test('an admin watches any video, and that is an entry of the audit log', async () => {
    const own = await arrangeVideo(database, 'ben');
    await preview('priya', own.videoId);
    const { rows } = await database.admin.query(
      `select actor_subject, actor_role, door, request_id, owner_id = (select id from app.profiles where subject = $2) as is_bens
       from audit.entries where object_id = $1 and action = 'video.preview'`,
      [own.videoId, personas.ben.subject],
    );
    expect(rows).toEqual([
      { actor_subject: 'user_priya_nair', actor_role: 'mm_admin', door: 'api', request_id: 'preview-1', is_bens: true },
    ]);
  });

  test("a coach cannot preview another coach's video", async () => {
    const own = await arrangeVideo(database, 'ben');
    expect(await refusalOf(preview('amelia', own.videoId))).toMatchObject({ status: 404, code: 'video.not_found' });
  });

  test('a video that is not ready cannot be previewed', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    expect(await refusalOf(preview('amelia', upload.videoId))).toMatchObject({ status: 409, code: 'video.not_ready' });
  });

  test('a preview token lives for 15 minutes at the most', async () => {
    expect(await refusalOf(preview('amelia', video.videoId, 901))).toMatchObject({ status: 422 });
  });

  test.each(['helen', 'tomas', 'grace'] as const)('%s may not preview videos', async (who) => {
    await expect(preview(who, video.videoId)).rejects.toMatchObject({ code: '42501' });
  });
});
