import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  arrangeShare,
  arrangeShareInTime,
  arrangeVideo,
  decide,
  only,
  profileOf,
  report,
  type Upload,
} from '../src/arrange.ts';
import { claimsOf, createTestDatabase, type PersonaName, personas, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
let video: Upload;

const play = { sequence: 0, kind: 'play', position_ms: 0, occurred_at: new Date().toISOString() };

beforeAll(async () => {
  database = await createTestDatabase();
  video = await arrangeVideo(database, 'amelia', 'Clean and jerk');
});
afterAll(() => database?.close());

const ask = (who: PersonaName, statement: string): Promise<Record<string, unknown>> =>
  database.asUser(who, async (client) => only(await client.query(statement)));

describe('the dashboard of a coach', () => {
  const own = (who: PersonaName = 'amelia') => ask(who, `select * from api.coach_dashboard('Australia/Sydney')`);

  test('counts their own videos and live links, and names the links that end within two days, the next first', async () => {
    const tomorrow = await arrangeShareInTime(database, video, { madeHoursAgo: 144 });
    const tonight = await arrangeShareInTime(database, video, { madeHoursAgo: 160 });
    await arrangeShareInTime(database, video, { madeHoursAgo: 1 });
    await arrangeShareInTime(database, video, { madeHoursAgo: 200 });
    await arrangeShareInTime(database, video, { startsInHours: 5 });
    const others = await arrangeVideo(database, 'ben');
    await arrangeShareInTime(database, others, { madeHoursAgo: 160 });
    const seen = await own();
    expect(seen).toMatchObject({
      videos_ready: 1,
      videos_busy: 0,
      videos_failed: 0,
      links_live: 3,
      links_ending: 2,
      ending: [
        { id: tonight.id, public_id: tonight.publicId, video_title: 'Clean and jerk' },
        { id: tomorrow.id, public_id: tomorrow.publicId },
      ],
    });
    expect(await own('ben')).toMatchObject({ videos_ready: 1, links_live: 1, links_ending: 1 });
  });

  test('tells the plays of 14 days, the last of which is today', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    const { session_id } = await decide(database, share.publicId, share.secret, { ttl: 60 });
    await report(database, share.publicId, session_id ?? '', [play]);
    const { days } = (await own()) as { days: { day: string; play_count: number }[] };
    expect(days).toHaveLength(14);
    expect(days.at(-1)).toMatchObject({ play_count: 1 });
    expect(days.slice(0, -1).every((day) => day.play_count === 0)).toBe(true);
  });

  test('a time zone that does not exist is refused at its field', async () => {
    for (const [who, name] of [
      ['amelia', 'coach_dashboard'],
      ['priya', 'admin_dashboard'],
      ['grace', 'auditor_dashboard'],
    ] as const) {
      expect(await refusalOf(ask(who, `select * from api.${name}('Mars/Olympus')`))).toMatchObject({
        status: 422,
        fields: [{ pointer: '#/time_zone', code: 'choice' }],
      });
    }
  });
});

describe('the dashboard of an admin', () => {
  test('counts live links of everybody, revocations by the day, open alerts, blocks, and people', async () => {
    const read = () => ask('priya', `select * from api.admin_dashboard('Australia/Sydney')`);
    const before = await read();
    const share = await arrangeShare(database, 'amelia', video.videoId);
    await arrangeShare(database, 'amelia', video.videoId);
    await database.asUser(
      'amelia',
      (client) => client.query(`select api.revoke_share_token($1, 'Wrong')`, [share.id]),
      {
        keep: true,
      },
    );
    await database.service.query(`select app.raise_alert('abuse.guessing', 'critical', 'Somebody guesses')`);
    await database.asUser(
      'tomas',
      (client) =>
        client.query(`select api.block_address(encode(sha256('a'), 'hex'), now() + interval '1 hour', 'It guesses')`),
      { keep: true },
    );
    await database.asUser(
      claimsOf('priya', { sid: randomUUID() }),
      async (client) =>
        client.query(`select api.suspend_profile($1, 'Away')`, [await profileOf(database, personas.ben.subject)]),
      { keep: true },
    );
    const after = await read();
    expect(after).toMatchObject({
      links_live: Number(before.links_live) + 1,
      revoked_of_day: Number(before.revoked_of_day) + 1,
      alerts_open: 1,
      alerts: [{ key: 'abuse.guessing', severity: 'critical', title: 'Somebody guesses', state: 'firing' }],
      addresses_blocked: 1,
      suspended: 1,
      people: 6,
      bound_runs: '0',
      bound_max_ms: null,
    });
    const days = after.revoked_days as { links: number }[];
    expect(days).toHaveLength(14);
    expect(days.at(-1)).toMatchObject({ links: 1 });
  });

  test('the bound is the slowest of the measured revocations of seven days', async () => {
    await database.admin.query(
      `insert into app.canary_runs (kind, video_id, share_token_id, started_at, acted_at, mint_ms, manifest_ms, segment_ms, outcome, ended_at)
       select k.kind, $1, uuidv7(), now() - k.age, now() - k.age, 10, k.ms, 30, k.outcome, now() - k.age
       from (values ('revoke', interval '1 hour', 900, 'in_time'), ('revoke', interval '1 hour', 4000, 'late'),
                    ('cut', interval '1 hour', 9000, 'late'), ('revoke', interval '8 days', 8000, 'late')) k (kind, age, ms, outcome)`,
      [video.videoId],
    );
    expect(await ask('priya', 'select * from api.admin_dashboard()')).toMatchObject({
      bound_runs: '2',
      bound_late: '1',
      bound_max_ms: 4000,
    });
  });
});

describe('the dashboard of an operator', () => {
  test('tells what became of the events of a day, by the hour, and what waits', async () => {
    const event = (state: string, age: string) =>
      database.admin.query(
        `insert into app.webhook_events (provider, event_id, type, body, signed_at, received_at, state, processed_at)
         values ('mux', $1, 'video.asset.ready', '{}', now(), now() - $3::interval, $2,
                 case when $2 in ('processed', 'ignored') then now() end)`,
        [randomUUID(), state, age],
      );
    for (const state of ['processed', 'processed', 'ignored', 'dead', 'received', 'quarantined'])
      await event(state, '0');
    await database.admin.query('select app.ensure_months(0, 1)');
    await event('dead', '3 days');
    const seen = await ask('tomas', 'select * from api.operator_dashboard()');
    expect(seen).toMatchObject({
      events_of_day: 6,
      folded_of_day: 3,
      dead_of_day: 1,
      events_waiting: 1,
      events_dead: 2,
      events_quarantined: 1,
      uploads_open: 0,
      uploads_open_since: null,
    });
    const hours = seen.hours as { events: number; dead: number }[];
    expect(hours).toHaveLength(24);
    expect(hours.at(-1)).toMatchObject({ events: 6, dead: 1 });
  });
});

describe('the dashboard of an auditor', () => {
  const read = (who: PersonaName = 'grace') => ask(who, 'select * from api.auditor_dashboard()');

  test('tells what waits for its seal, up to where the log is sealed, and how often power was used', async () => {
    const before = await read();
    expect(before).toMatchObject({ checkpoint_size: null, checkpoint_signed_at: null, roles_changed: 0 });
    expect(Number(before.unsealed)).toBeGreaterThan(0);
    await database.service.query('select audit.seal_entries()');
    await database.asUser(
      claimsOf('priya', { sid: randomUUID() }),
      async (client) =>
        client.query(`select api.change_role($1, 'auditor', 'New duties')`, [
          await profileOf(database, personas.helen.subject),
        ]),
      { keep: true },
    );
    const after = await read();
    expect(after).toMatchObject({ unsealed: 1, roles_changed: 1, suspended: 1 });
    expect(Number(after.batch_no)).toBeGreaterThanOrEqual(Number(before.batch_no ?? -1));
    expect(after.sealed_at).not.toBeNull();
  });

  test('tells how the log grew by the day, from what was signed', async () => {
    await database.admin.query(
      `insert into audit.checkpoints (size, entries, root, note, key_id, verifier_key, signed_at)
       select c.size, c.entries, sha256('r'), 'n', '\\x01020304', 'k', date_trunc('day', now()) - c.age
       from (values (1, 40, interval '49 hours'), (2, 100, interval '25 hours'), (3, 130, interval '1 hour')) c (size, entries, age)`,
    );
    const { days } = (await read()) as { days: { entries: number }[] };
    expect(days.map(({ entries }) => entries)).toEqual(
      [...Array(11).fill(0), 40, 60, 30].slice(-13).concat(0).slice(-14),
    );
  });

  test('compliance staff also see requests to erase and holds', async () => {
    const helen = claimsOf('helen', { sid: randomUUID() });
    await database.admin.query(
      `update app.profiles set role = 'compliance', role_assigned_at = null where subject = $1`,
      [personas.helen.subject],
    );
    await database.asUser('amelia', (client) => client.query(`select api.request_erasure('I am leaving')`), {
      keep: true,
    });
    const seen = await database.asUser(helen, async (client) =>
      only(await client.query('select * from api.compliance_dashboard()')),
    );
    expect(seen).toMatchObject({
      erasures_requested: 1,
      erasures_running: 0,
      erasures_overdue: 0,
      erasures_completed: 0,
      holds_standing: 0,
      next_due_at: expect.any(Date),
    });
  });
});
