import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  arrangeShare,
  arrangeVideo,
  decide,
  only,
  report,
  type Share,
  type ShareOptions,
  type Upload,
} from '../src/arrange.ts';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
let video: Upload;

beforeAll(async () => {
  database = await createTestDatabase();
  // 10.5 seconds long.
  video = await arrangeVideo(database, 'amelia', 'Deep squat');
});
afterAll(() => database?.close());

type Session = { share: Share; sessionId: string };

async function open(options: ShareOptions = {}, of: Upload = video): Promise<Session> {
  const share = await arrangeShare(database, 'amelia', of.videoId, options);
  return { share, sessionId: await enter(share) };
}

async function enter(share: Share): Promise<string> {
  const { session_id } = await decide(database, share.publicId, share.secret, { ttl: 60 });
  return session_id ?? '';
}

const tell = ({ share, sessionId }: Session, events: Record<string, unknown>[]) =>
  report(database, share.publicId, sessionId, events);

const heartbeat = (sequence: number, from: number, to: number) => ({
  sequence,
  kind: 'heartbeat',
  position_ms: to,
  watched_ms: [[from, to]],
});

const eventsOf = async (sessionId: string) =>
  (
    await database.admin.query(
      `select sequence, kind, position_ms, watched_ms::text, rebuffer_ms, error_code
       from app.playback_events where session_id = $1 order by sequence`,
      [sessionId],
    )
  ).rows;

const playsOf = async (share: Share) =>
  only(
    await database.asUser('amelia', (client) =>
      client.query(
        'select play_count, watch_seconds::float, completion::float from api.share_token_plays where id = $1',
        [share.id],
      ),
    ),
  );

/** Moves what is on record about a session into the past, as only time could. */
async function age(sessionId: string, by: string): Promise<void> {
  const client = await database.admin.connect();
  try {
    await client.query('begin; set local session_replication_role = replica');
    await client.query(
      `update app.playback_decisions set decided_at = decided_at - $2::interval, token_expires_at = token_expires_at - $2::interval
       where session_id = $1`,
      [sessionId, by],
    );
    await client.query('commit');
  } finally {
    client.release();
  }
}

describe('recording what a page reports', () => {
  test('each event is stored as it was told', async () => {
    const session = await open();
    const answer = await tell(session, [
      { sequence: 0, kind: 'play', position_ms: 0 },
      { ...heartbeat(1, 0, 4000), rebuffer_ms: 250 },
      { sequence: 2, kind: 'error', error_code: 'MEDIA_ERR_NETWORK' },
    ]);
    expect(answer).toEqual({ accepted: 3, may_continue: true });
    const empty = { position_ms: null, watched_ms: '{}', rebuffer_ms: 0, error_code: null };
    expect(await eventsOf(session.sessionId)).toEqual([
      { ...empty, sequence: 0, kind: 'play', position_ms: 0 },
      { ...empty, sequence: 1, kind: 'heartbeat', position_ms: 4000, watched_ms: '{[0,4000)}', rebuffer_ms: 250 },
      { ...empty, sequence: 2, kind: 'error', error_code: 'MEDIA_ERR_NETWORK' },
    ]);
  });

  test('what comes again, alone, in a batch or at the same moment, counts once', async () => {
    const session = await open();
    const first = heartbeat(0, 0, 4000);
    expect((await tell(session, [first, first])).accepted).toBe(1);
    const accepted = await Promise.all(
      Array.from({ length: 8 }, () => tell(session, [first, heartbeat(1, 4000, 8000)])),
    );
    expect(accepted.map((answer) => answer.accepted).sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
    expect(await eventsOf(session.sessionId)).toHaveLength(2);
    expect(await playsOf(session.share)).toEqual({ play_count: 1, watch_seconds: 8, completion: 0.7619 });
  });

  test('an event that comes again in a session of days is still the same event: it is kept in the month in which the session began', async () => {
    const session = await open();
    await database.admin.query('select app.ensure_months(behind => 1)');
    await age(session.sessionId, '5 days');
    const { session_id } = await decide(database, session.share.publicId, session.share.secret, {
      sessionId: session.sessionId,
    });
    expect(session_id).toBe(session.sessionId);
    await tell(session, [heartbeat(0, 0, 1000)]);
    expect((await tell(session, [heartbeat(0, 0, 1000)])).accepted).toBe(0);
    const { rows } = await database.admin.query(
      `select session_started_at < now() - interval '4 days' as began_before, received_at > now() - interval '1 hour' as received_now
       from app.playback_events where session_id = $1`,
      [session.sessionId],
    );
    expect(rows).toEqual([{ began_before: true, received_now: true }]);
  });

  test('loss and disorder are borne: what is missing is not watched, what comes late is joined', async () => {
    const session = await open();
    await tell(session, [heartbeat(9, 8000, 10000)]);
    await tell(session, [heartbeat(2, 1000, 3000)]);
    await tell(session, [heartbeat(1, 0, 2000), heartbeat(3, 500, 1500)]);
    expect(await playsOf(session.share)).toEqual({ play_count: 1, watch_seconds: 5, completion: 0.4762 });
  });

  test('what was watched is cut to the length of the video, and parts that are none are left out', async () => {
    const session = await open();
    await tell(session, [
      {
        sequence: 0,
        kind: 'heartbeat',
        watched_ms: [
          [9000, 99_000],
          [-5000, 500],
          [4000, 4000],
          [3000, 2000],
          [50_000, 60_000],
        ],
      },
    ]);
    expect((await eventsOf(session.sessionId))[0]).toMatchObject({ watched_ms: '{[0,500),[9000,10500)}' });
  });

  test('the clock of a viewer is moved between the beginning of the session and now', async () => {
    const session = await open();
    await tell(session, [
      { sequence: 0, kind: 'play', occurred_at: '1999-01-01T00:00:00Z' },
      { sequence: 1, kind: 'play', occurred_at: '2999-01-01T00:00:00Z' },
      { sequence: 2, kind: 'play', occurred_at: null },
    ]);
    const { rows } = await database.admin.query<{ early: boolean; late: boolean }>(
      `select bool_and(occurred_at >= session_started_at and occurred_at <= received_at) as held, count(*)::integer as count
       from app.playback_events where session_id = $1`,
      [session.sessionId],
    );
    expect(rows).toEqual([{ held: true, count: 3 }]);
  });

  test('what was reported is append-only, also for its owner', async () => {
    await tell(await open(), [heartbeat(0, 0, 1000)]);
    for (const statement of [
      `update app.playback_events set kind = 'ended'`,
      'delete from app.playback_events',
      'truncate app.playback_events',
    ])
      await expect(database.admin.query(statement)).rejects.toMatchObject({ hint: 'audit.append_only' });
  });
});

describe('who may report', () => {
  const refused = { status: 403, code: 'share.unavailable' };

  test('a session that no decision let in is refused, whatever it names', async () => {
    const { share } = await open();
    const elsewhere = await open();
    for (const [publicId, sessionId] of [
      [share.publicId, randomUUID()],
      [share.publicId, elsewhere.sessionId],
      ['nosuchlink00', elsewhere.sessionId],
      [share.publicId, null],
    ] as const)
      expect(await refusalOf(report(database, publicId, sessionId, [heartbeat(0, 0, 1000)]))).toMatchObject(refused);
  });

  test('a session reports late for a day after its last token died, and then no more', async () => {
    const session = await open();
    await age(session.sessionId, '23 hours');
    expect((await tell(session, [heartbeat(0, 0, 1000)])).accepted).toBe(1);
    await age(session.sessionId, '2 hours');
    expect(await refusalOf(tell(session, [heartbeat(1, 1000, 2000)]))).toMatchObject(refused);
  });

  test('after a revocation what was watched is recorded, and the page is told to stop', async () => {
    const session = await open();
    await database.asUser(
      'amelia',
      (client) => client.query(`select api.revoke_share_token($1, 'Wrong person')`, [session.share.id]),
      { keep: true },
    );
    expect(await tell(session, [heartbeat(0, 0, 1000)])).toEqual({ accepted: 1, may_continue: false });
    const { rowCount } = await database.admin.query('select from app.share_views where share_token_id = $1', [
      session.share.id,
    ]);
    expect(rowCount).toBe(0);
  });

  test('who waits while the last view goes to somebody else is told to stop', async () => {
    const session = await open({ max_views: 1 });
    const other = { share: session.share, sessionId: await enter(session.share) };
    await tell(other, [{ sequence: 0, kind: 'ended' }]);
    expect((await tell(session, [{ sequence: 0, kind: 'play' }])).may_continue).toBe(false);
  });
});

describe('the bounds of a report', () => {
  test.each([
    ['events', 'count', []],
    ['events', 'count', Array.from({ length: 51 }, (_, i) => ({ sequence: i, kind: 'play' }))],
    ['events/0/sequence', 'range', [{ kind: 'play' }]],
    ['events/0/sequence', 'range', [{ sequence: 100_001, kind: 'play' }]],
    [
      'events/1/kind',
      'choice',
      [
        { sequence: 0, kind: 'play' },
        { sequence: 1, kind: 'paused' },
      ],
    ],
    ['events/0/position_ms', 'range', [{ sequence: 0, kind: 'play', position_ms: -1 }]],
    ['events/0/rebuffer_ms', 'range', [{ sequence: 0, kind: 'play', rebuffer_ms: 86_400_001 }]],
    ['events/0/error_code', 'format', [{ sequence: 0, kind: 'error', error_code: 'a b' }]],
    ['events/0/error_code', 'format', [{ sequence: 0, kind: 'play', error_code: 'E1' }]],
  ] as [string, string, Record<string, unknown>[]][])('%s is refused with %s', async (field, code, events) => {
    const session = await open();
    expect(await refusalOf(tell(session, events))).toMatchObject({
      status: 422,
      code: 'request.invalid',
      fields: [{ pointer: `#/${field}`, code }],
    });
    expect(await eventsOf(session.sessionId)).toEqual([]);
  });
});

describe('plays', () => {
  test('sessions are added up by link and by video; a scene seen twice in a session counts once', async () => {
    const own = await arrangeVideo(database, 'amelia', 'Lunge');
    const one = await open({}, own);
    const again = { share: one.share, sessionId: await enter(one.share) };
    const other = await open({}, own);
    await tell(one, [heartbeat(0, 0, 5000), heartbeat(1, 2500, 7500)]);
    await tell(again, [heartbeat(0, 0, 10_500)]);
    await tell(other, [{ sequence: 0, kind: 'play' }]);
    await tell({ share: other.share, sessionId: await enter(other.share) }, [{ sequence: 0, kind: 'error' }]);
    expect(await playsOf(one.share)).toEqual({ play_count: 2, watch_seconds: 18, completion: 0.8571 });
    expect(await playsOf(other.share)).toEqual({ play_count: 1, watch_seconds: 0, completion: 0 });
    const { rows } = await database.asUser('amelia', (client) =>
      client.query('select play_count, watch_seconds::float, completion::float from api.video_plays where id = $1', [
        own.videoId,
      ]),
    );
    expect(rows).toEqual([{ play_count: 3, watch_seconds: 18, completion: 0.5714 }]);
  });

  test('a link that nobody has played has no completion', async () => {
    const { share } = await open();
    expect(await playsOf(share)).toEqual({ play_count: 0, watch_seconds: 0, completion: null });
  });

  test("a coach reads nothing of another coach's plays; an admin reads all", async () => {
    const session = await open();
    await tell(session, [heartbeat(0, 0, 1000)]);
    const count = (who: 'ben' | 'priya') =>
      database.asUser(who, async (client) => [
        (await client.query('select from app.playback_events where session_id = $1', [session.sessionId])).rowCount,
        (await client.query('select from api.share_token_plays where id = $1', [session.share.id])).rowCount,
      ]);
    expect(await count('ben')).toEqual([0, 0]);
    expect(await count('priya')).toEqual([1, 1]);
  });
});
