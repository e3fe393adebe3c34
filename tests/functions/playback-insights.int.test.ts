import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrangeShare, arrangeVideo, decide, only, report, type Share, type Upload } from '../src/arrange.ts';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';
import {
  averageOf,
  byHand,
  LENGTH_MS,
  partsOf,
  type Report,
  reportsArbitrary,
  STEP_MS,
  type Told,
} from './watched-by-hand.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

type Session = { share: Share; id: string };

/** A video of its own of 10.5 seconds, with a link. */
async function openVideo(): Promise<{ video: Upload; share: Share }> {
  const video = await arrangeVideo(database, 'amelia');
  return { video, share: await arrangeShare(database, 'amelia', video.videoId) };
}

async function enter(share: Share): Promise<Session> {
  const { session_id } = await decide(database, share.publicId, share.secret, { ttl: 60 });
  return { share, id: session_id ?? '' };
}

const tell = (session: Session, events: Told[], consent = true) =>
  report(database, session.share.publicId, session.id, events, consent);

const ask = <Row extends Record<string, unknown>>(statement: string, values: unknown[]): Promise<Row[]> =>
  database.asUser('amelia', async (client) => (await client.query<Row>(statement, values)).rows);

/** The session as the owner of the video reads it. */
async function sessionOf({ id }: Session) {
  const rows = await ask<Record<string, number | boolean | string | null>>(
    `select is_played, is_measured, is_ended, watch_seconds::float, completion::float, rebuffer_seconds::float, rebuffer_ratio::float,
            error_count, last_error_code
     from api.playback_sessions where id = $1`,
    [id],
  );
  expect(rows).toHaveLength(1);
  return rows[0];
}

const curveOf = (by: 'share_token_id' | 'video_id', id: string, pieces = 100) =>
  ask<{ piece: number; from_seconds: number; to_seconds: number; watched: number }>(
    `select piece, from_seconds::float, to_seconds::float, watched::float from api.retention_curve(${by} => $1, pieces => $2)`,
    [id, pieces],
  );

const heartbeat = (sequence: number, from: number, to: number): Told => ({
  sequence,
  kind: 'heartbeat',
  position_ms: to,
  watched_ms: [[from, to]],
});

/** Sends reports as the network had them: each is a batch; batches may come twice, late, or never. */
async function send(session: Session, reports: Report[]): Promise<void> {
  for (const { events, isLost, times } of reports) {
    for (let i = 0; !isLost && i < times; i += 1) await tell(session, events);
  }
}

describe('counting what was watched', () => {
  test('duplicates, loss, disorder and nonsense of clocks change nothing: a session is what its distinct events say, reckoned by hand', async () => {
    const { share } = await openVideo();
    await fc.assert(
      fc.asyncProperty(reportsArbitrary, async (reports) => {
        const session = await enter(share);
        await send(session, reports);
        const arrived = reports.filter(({ isLost }) => !isLost).flatMap(({ events }) => events);
        expect(await sessionOf(session)).toEqual(byHand(arrived));
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test('reports that come at the same moment are all counted, each once', async () => {
    const { share } = await openVideo();
    const session = await enter(share);
    const events = Array.from({ length: 20 }, (_, i) => heartbeat(i, i * 500, i * 500 + 500));
    await Promise.all([...events, ...events].map((event) => tell(session, [event])));
    expect(await sessionOf(session)).toEqual(byHand(events));
    const { rows } = await database.admin.query('select event_count from app.playback_sessions where id = $1', [
      session.id,
    ]);
    expect(rows).toEqual([{ event_count: 20 }]);
  });

  test('whoever does not agree to be measured is counted as a play, and in no average', async () => {
    const { share, video } = await openVideo();
    const silent = await enter(share);
    await tell(silent, [heartbeat(3, 0, 9000), { sequence: 4, kind: 'error', error_code: 'x' }], false);
    expect(await sessionOf(silent)).toEqual({
      is_played: true,
      is_measured: false,
      is_ended: false,
      watch_seconds: null,
      completion: null,
      rebuffer_seconds: null,
      rebuffer_ratio: null,
      error_count: 0,
      last_error_code: null,
    });
    await tell(await enter(share), [{ ...heartbeat(0, 0, 5250), rebuffer_ms: 1750 }]);
    for (const [view, id] of [
      ['share_token_plays', share.id],
      ['video_plays', video.videoId],
    ]) {
      const [row] = await ask(
        `select play_count, measured_count, watch_seconds::float, completion::float, rebuffer_ratio::float, error_session_count
         from api.${view} where id = $1`,
        [id],
      );
      expect(row).toEqual({
        play_count: 2,
        measured_count: 1,
        watch_seconds: 5.25,
        completion: 0.5,
        rebuffer_ratio: 0.25,
        error_session_count: 0,
      });
    }
    expect(averageOf(await curveOf('share_token_id', share.id))).toBeCloseTo(0.5, 3);
  });

  test('who has agreed in the middle is measured from then on', async () => {
    const { share } = await openVideo();
    const session = await enter(share);
    await tell(session, [heartbeat(0, 0, 2000)], false);
    await tell(session, [heartbeat(1, 2000, 4100)]);
    expect(await sessionOf(session)).toMatchObject({ is_measured: true, watch_seconds: 2.1, completion: 0.2 });
  });

  test('a page that reports thousands of loose parts makes no row that grows without end', async () => {
    const { share } = await openVideo();
    const session = await enter(share);
    for (let round = 0; round < 3; round += 1) {
      const events = Array.from({ length: 40 }, (_, i) => ({
        sequence: round * 40 + i,
        kind: 'heartbeat',
        watched_ms: Array.from({ length: 20 }, (__, part) => {
          const from = 4 * (i * 20 + part) + round * 3200;
          return [from, from + 1];
        }),
      }));
      await tell(session, events);
    }
    const { rows } = await database.admin.query<{ parts: number }>(
      'select (select count(*)::integer from unnest(s.watched_ms)) as parts from app.playback_sessions s where s.id = $1',
      [session.id],
    );
    expect(only({ rows }).parts).toBe(800);
    expect(await sessionOf(session)).toMatchObject({ is_played: true, watch_seconds: 0.8 });
  });

  test('what was reported before sessions were kept is added up to the same by the migration', async () => {
    const { share } = await openVideo();
    await fc.assert(
      fc.asyncProperty(reportsArbitrary, async (reports) => send(await enter(share), reports)),
      { numRuns: 10 },
    );
    const read = 'select to_jsonb(s) as row from app.playback_sessions s where s.share_token_id = $1 order by s.id';
    const kept = await database.admin.query(read, [share.id]);
    expect(kept.rows.length).toBeGreaterThanOrEqual(10);
    const migration = await readFile(
      new URL('../../sql/migrations/0080_playback_sessions.sql', import.meta.url),
      'utf8',
    );
    const client = await database.admin.connect();
    try {
      await client.query('begin; delete from app.playback_sessions');
      await client.query(migration.slice(migration.indexOf('insert into app.playback_sessions')));
      expect((await client.query(read, [share.id])).rows).toEqual(kept.rows);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});

describe('the retention curve', () => {
  test('is, of each piece, the part that a play watched on average; its mean is the average completion', async () => {
    const { video } = await openVideo();
    await fc.assert(
      fc.asyncProperty(
        fc.array(reportsArbitrary, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 120 }),
        async (plays, pieces) => {
          const share = await arrangeShare(database, 'amelia', video.videoId);
          const watched = new Float64Array(LENGTH_MS);
          let count = 0;
          for (const reports of plays) {
            await send(await enter(share), reports);
            const arrived = reports.filter(({ isLost }) => !isLost).flatMap(({ events }) => events);
            const { is_played, played } = partsOf(arrived);
            if (!is_played) continue;
            count += 1;
            for (const at of played) watched.fill((watched[at * STEP_MS] ?? 0) + 1, at * STEP_MS, (at + 1) * STEP_MS);
          }
          const curve = await curveOf('share_token_id', share.id, pieces);
          expect(curve.map(({ piece }) => piece)).toEqual(
            count === 0 ? [] : Array.from({ length: pieces }, (_, i) => i),
          );
          for (const { piece, watched: share } of curve) {
            const [from, to] = [piece, piece + 1].map((n) => Math.floor((LENGTH_MS * n) / pieces)) as [number, number];
            const seen = watched.subarray(from, to).reduce((sum, value) => sum + value, 0);
            expect(share).toBeCloseTo(seen / ((to - from) * count), 3);
          }
          const [row] = await ask<{ completion: number | null }>(
            'select completion::float from api.share_token_plays where id = $1',
            [share.id],
          );
          if (count > 0) expect(averageOf(curve)).toBeCloseTo(row?.completion ?? Number.NaN, 2);
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);

  test('covers the video from its beginning to its end without a gap', async () => {
    const { share, video } = await openVideo();
    await tell(await enter(share), [heartbeat(0, 0, LENGTH_MS)]);
    const curve = await curveOf('share_token_id', share.id, 7);
    expect(await curveOf('video_id', video.videoId, 7)).toEqual(curve);
    expect(curve.map((row) => row.from_seconds)).toEqual([0, ...curve.slice(0, -1).map((row) => row.to_seconds)]);
    expect(curve.at(-1)?.to_seconds).toBe(10.5);
    expect(new Set(curve.map((row) => row.watched))).toEqual(new Set([1]));
  });

  test('of a link that nobody has watched there is none', async () => {
    const { share } = await openVideo();
    await tell(await enter(share), [{ sequence: 0, kind: 'error', error_code: 'E1' }]);
    await tell(await enter(share), [heartbeat(0, 0, 1000)], false);
    expect(await curveOf('share_token_id', share.id)).toEqual([]);
  });
});

describe('plays over time', () => {
  test('a play counts on the day on which it began, by the clock of who asks, and days without a play are there', async () => {
    const { share, video } = await openVideo();
    const began = ['2 days', '1 hour'];
    for (const ago of began) {
      const session = await enter(share);
      await tell(session, [heartbeat(0, 0, 2000)]);
      const client = await database.admin.connect();
      await client.query('begin; set local session_replication_role = replica');
      await client.query('update app.playback_sessions set started_at = now() - $2::interval where id = $1', [
        session.id,
        ago,
      ]);
      await client.query('commit');
      client.release();
    }
    await tell(await enter(share), [{ sequence: 0, kind: 'error' }]);
    for (const zone of ['UTC', 'Australia/Sydney', 'Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      const expected = await database.admin.query<{ day: string }>(
        'select ((now() - a::interval) at time zone $1)::date::text as day from unnest($2::text[]) a',
        [zone, began],
      );
      const rows = await ask<{ day: string; play_count: number; measured_count: number; watch_seconds: number }>(
        `select day::text, play_count, measured_count, watch_seconds::float
         from api.plays_over_time(video_id => $1, days => 5, time_zone => $2)`,
        [video.videoId, zone],
      );
      expect(rows).toHaveLength(5);
      expect(rows.filter((row) => row.play_count > 0)).toEqual(
        expected.rows.map(({ day }) => ({ day, play_count: 1, measured_count: 1, watch_seconds: 2 })),
      );
      expect(rows.map(({ day }) => day)).toEqual(rows.map(({ day }) => day).sort());
    }
  });

  test('without a link or a video it is about everything that the caller sees: of a coach, their own', async () => {
    const sum = (who: 'amelia' | 'ben' | 'priya') =>
      database.asUser(who, async (client) =>
        Number((await client.query('select sum(play_count) as plays from api.plays_over_time()')).rows[0]?.plays),
      );
    const before = { amelia: await sum('amelia'), ben: await sum('ben'), priya: await sum('priya') };
    const { share } = await openVideo();
    await tell(await enter(share), [heartbeat(0, 0, 1000)]);
    expect({ amelia: await sum('amelia'), ben: await sum('ben'), priya: await sum('priya') }).toEqual({
      amelia: before.amelia + 1,
      ben: before.ben,
      priya: before.priya + 1,
    });
  });
});

describe('who of the recipients has watched', () => {
  const watchedOf = async (share: Share) =>
    ask<{ kind: string; value: string; play_count: number; watch_seconds: number; has_time: boolean }>(
      `select kind, value, play_count, watch_seconds::float, last_played_at is not null as has_time
       from api.recipient_plays where share_token_id = $1 order by value`,
      [share.id],
    );
  const enterAs = async (share: Share, email: string): Promise<Session> => {
    const { session_id } = await decide(database, share.publicId, share.secret, { email });
    return { share, id: session_id ?? '' };
  };

  test('is told of each, by what they proved when they were let in; a domain stands for everybody there', async () => {
    const video = await arrangeVideo(database, 'ben');
    const share = await arrangeShare(database, 'ben', video.videoId, {
      recipients: ['ann@club.example', 'bob@club.example', '@team.example'],
    });
    const asBen = <Row extends Record<string, unknown>>(statement: string) =>
      database.asUser('ben', async (client) => (await client.query<Row>(statement, [share.id])).rows);
    const ann = await enterAs(share, 'ann@club.example');
    await tell(ann, [heartbeat(0, 0, 2000)]);
    // Later on, the same session comes without naming anybody.
    await tell(ann, [heartbeat(1, 1000, 4000)]);
    await tell(await enterAs(share, 'carol@team.example'), [heartbeat(0, 0, 1000)]);
    await tell(await enterAs(share, 'dave@team.example'), [heartbeat(0, 0, 1000)], false);
    await enterAs(share, 'bob@club.example');
    expect(
      await asBen(
        `select kind, value, play_count, watch_seconds::float, last_played_at is not null as has_time
         from api.recipient_plays where share_token_id = $1 order by value`,
      ),
    ).toEqual([
      { kind: 'email', value: 'ann@club.example', play_count: 1, watch_seconds: 4, has_time: true },
      { kind: 'email', value: 'bob@club.example', play_count: 0, watch_seconds: 0, has_time: false },
      { kind: 'domain', value: 'team.example', play_count: 2, watch_seconds: 1, has_time: true },
    ]);
    expect(
      await asBen('select recipient from api.playback_sessions where share_token_id = $1 order by started_at, id'),
    ).toEqual([{ recipient: 'ann@club.example' }, { recipient: 'team.example' }, { recipient: 'team.example' }]);
    expect(await watchedOf(share), 'another coach').toEqual([]);
  });

  test('a recipient who is taken off the link leaves the plays without a name', async () => {
    const video = await arrangeVideo(database, 'amelia');
    const share = await arrangeShare(database, 'amelia', video.videoId, {
      recipients: ['ann@club.example', 'bob@club.example'],
    });
    await tell(await enterAs(share, 'ann@club.example'), [heartbeat(0, 0, 2000)]);
    await database.admin.query(
      `delete from app.share_recipients where share_token_id = $1 and value = 'ann@club.example'`,
      [share.id],
    );
    expect(await watchedOf(share)).toMatchObject([{ value: 'bob@club.example', play_count: 0 }]);
    expect(
      await ask('select recipient, is_played from api.playback_sessions where share_token_id = $1', [share.id]),
    ).toEqual([{ recipient: null, is_played: true }]);
  });
});

test('an export of plays is on the record of the link or the video before it begins', async () => {
  const { share, video } = await openVideo();
  const entries = await database.asUser('priya', async (client) => {
    await client.query('select app.begin_plays_export($1, null)', [share.id]);
    await client.query('select app.begin_plays_export(null, $1)', [video.videoId]);
    return (
      await client.query(
        `select action, object_type, object_id, owner_id = (select coach_id from app.videos where id = $2::uuid) as is_owners
         from audit.entries where object_id in ($1, $2::text) and action like '%plays_exported' order by id`,
        [share.id, video.videoId],
      )
    ).rows;
  });
  expect(entries).toEqual([
    { action: 'share_token.plays_exported', object_type: 'share_token', object_id: share.id, is_owners: true },
    { action: 'video.plays_exported', object_type: 'video', object_id: video.videoId, is_owners: true },
  ]);
});
