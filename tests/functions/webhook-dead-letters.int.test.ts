import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrangeUpload, only } from '../src/arrange.ts';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';
import { bodyOf, erroredTrace, type MuxEvent, readyTrace } from './mux-trace.ts';
import { contentsOf } from './whole-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

type Given = { type?: string; provider?: string; body?: Buffer; stale?: boolean; eventId?: string };

async function receive(given: Given = {}): Promise<string> {
  const { rows } = await database.service.query<{ id: string }>(
    'select id from app.receive_webhook($1, $2, $3, null, $4, now(), $5)',
    [
      given.provider ?? 'mux',
      given.eventId ?? randomUUID(),
      given.type ?? 'something.new',
      given.body ?? Buffer.from('{}'),
      given.stale ?? false,
    ],
  );
  return only({ rows }).id;
}
const receiveEvent = (event: MuxEvent) => receive({ eventId: event.id, type: event.type, body: bodyOf(event) });
const poison: Given = { type: 'video.asset.ready', body: Buffer.from('{"data": {"status": "weird"}}') };

async function fail(id: string, times = 1, error = 'It broke.'): Promise<string> {
  let state = '';
  for (let i = 0; i < times; i += 1) {
    const { rows } = await database.service.query<{ state: string }>(
      'select state from app.fail_webhook_event($1, $2)',
      [id, error],
    );
    state = only({ rows }).state;
  }
  return state;
}
async function dead(...given: Given[]): Promise<string[]> {
  const ids = await Promise.all(given.map(receive));
  for (const id of ids) await fail(id, 5);
  return ids;
}
async function statesOf(ids: readonly string[]): Promise<string[]> {
  const { rows } = await database.admin.query<{ state: string }>(
    'select e.state from unnest($1::uuid[]) with ordinality as g (id, n) join app.webhook_events e using (id) order by n',
    [ids],
  );
  return rows.map(({ state }) => state);
}
const as = <Row extends Record<string, unknown>>(
  who: 'tomas' | 'priya' | 'helen' | 'amelia',
  text: string,
  values: unknown[] = [],
) => database.asUser(who, async (client) => (await client.query<Row>(text, values)).rows, { keep: true });
const forgetEvents = () => database.admin.query('delete from app.webhook_events');
const lastEntry = async (action: string) =>
  only(
    await database.admin.query(
      `select actor_subject, door, object_id, reason, after from audit.entries where action = $1 order by id desc limit 1`,
      [action],
    ),
  );
const alertsOf = async (key: string) =>
  (
    await database.admin.query<{ severity: string; state: string; details: Record<string, unknown> }>(
      'select severity, state, details from app.alerts where key = $1 order by opened_at',
      [key],
    )
  ).rows;

describe('a failed attempt', () => {
  test('is kept with its error, also through replays, without what must not be written down', async () => {
    const id = await receive();
    await fail(id, 4);
    await fail(id, 1, 'No mail for ann.smith@example.com');
    await as('tomas', `select api.replay_webhook_events('It was corrected', $1)`, [[id]]);
    await fail(id, 1, 'Still.');
    const rows = await as(
      'tomas',
      'select no, replay_no, error from api.webhook_attempts where webhook_event_id = $1 order by no',
      [id],
    );
    expect(rows).toEqual([
      ...[1, 2, 3, 4].map((no) => ({ no, replay_no: 0, error: 'It broke.' })),
      { no: 5, replay_no: 0, error: 'No mail for [email]' },
      { no: 6, replay_no: 1, error: 'Still.' },
    ]);
    const [event] = await as(
      'priya',
      'select state, attempts, replays, last_error from api.webhook_events where id = $1',
      [id],
    );
    expect(event).toEqual({ state: 'received', attempts: 1, replays: 1, last_error: 'Still.' });
  });

  test('of an event that fails for ever is kept among the first 5 and the newest 95', async () => {
    const id = await receive();
    await database.admin.query(
      `insert into app.webhook_attempts (webhook_event_id, no, replay_no, error) select $1, n, 0, 'It broke.' from generate_series(1, 100) n`,
      [id],
    );
    await fail(id, 2);
    const { rows } = await database.admin.query<{ no: number }>(
      'select no from app.webhook_attempts where webhook_event_id = $1 order by no',
      [id],
    );
    expect(rows.map(({ no }) => no)).toEqual([1, 2, 3, 4, 5, ...Array.from({ length: 95 }, (_, i) => i + 8)]);
  });

  test('goes with the month of the events', async () => {
    await database.admin.query(`select app.ensure_months(0, 6)`);
    await database.admin.query(
      `insert into app.webhook_attempts (webhook_event_id, no, replay_no, failed_at, error) values (uuidv7(), 1, 0, now() - interval '5 months', 'Old.')`,
    );
    await database.service.query('select app.apply_retention()');
    const { rows } = await database.admin.query(`select from app.webhook_attempts where error = 'Old.'`);
    expect(rows).toEqual([]);
    const gone = await database.admin.query(
      `select row_count::int from app.dropped_months where table_name = 'webhook_attempts' and row_count > 0`,
    );
    expect(gone.rows).toEqual([{ row_count: 1 }]);
  });

  test('more than 3 retries raise an alert, not fewer (JB-05)', async () => {
    await database.admin.query(`delete from app.alerts where key = 'webhook.retries.clerk'`);
    const id = await receive({ provider: 'clerk', type: 'user.updated' });
    await fail(id, 4);
    expect(await alertsOf('webhook.retries.clerk')).toEqual([]);
    await fail(id);
    expect(await alertsOf('webhook.retries.clerk')).toMatchObject([
      { severity: 'warning', details: { webhook_event_id: id, type: 'user.updated', retries: 4, state: 'dead' } },
    ]);
  });
});

describe('a choice of events', () => {
  test('by state, provider, type and time of receipt is exactly those', async () => {
    await forgetEvents();
    const [one, two, clerk] = await dead({ type: 'video.asset.ready' }, { type: 'other' }, { provider: 'clerk' });
    const aside = await receive({ stale: true });
    const waiting = await receive();
    await database.admin.query(`update app.webhook_events set state = 'ignored' where id = $1`, [
      await receive({ type: 'ignored' }),
    ]);
    const chosen = async (rest: string) =>
      (
        await database.admin.query<{ id: string }>(`select id from app.choose_webhook_events(${rest}) order by id`)
      ).rows.map(({ id }) => id);
    expect(await chosen('null, null, null, null, null, null')).toEqual([one, two, clerk].sort());
    expect(await chosen(`null, 'quarantined', null, null, null, null`)).toEqual([aside]);
    expect(await chosen(`null, null, 'mux', null, null, null`)).toEqual([one, two].sort());
    expect(await chosen(`null, null, null, 'other', null, null`)).toEqual([two]);
    expect(await chosen(`null, null, null, null, now(), null`)).toEqual([]);
    expect(await chosen(`null, null, null, null, null, now() - interval '1 hour'`)).toEqual([]);
    expect(await chosen(`array['${aside}', '${waiting}', '${two}']::uuid[], null, null, null, null, null`)).toEqual(
      [aside, two ?? ''].sort(),
    );
  });

  test('that is not what was seen any more is refused, and nothing happens', async () => {
    const ids = await dead({}, {});
    for (const name of ['replay', 'discard']) {
      const refused = await refusalOf(
        as('tomas', `select api.${name}_webhook_events('It was corrected', $1, expected_count => 3)`, [ids]),
      );
      expect(refused).toMatchObject({ status: 409, code: 'webhook.selection_changed' });
    }
    expect(await statesOf(ids)).toEqual(['dead', 'dead']);
  });
});

describe('replaying', () => {
  test('answers a receipt: how many were replayed, and how many of those named were not to be', async () => {
    const [one, two] = await dead({}, {});
    const aside = await receive({ stale: true });
    const waiting = await receive();
    const [receipt] = await as(
      'tomas',
      `select replayed, skipped from api.replay_webhook_events('It was corrected', $1)`,
      [[one, two, aside, waiting]],
    );
    expect(receipt).toEqual({ replayed: 3, skipped: 1 });
    expect(await statesOf([one ?? '', two ?? '', aside])).toEqual(['received', 'received', 'received']);
  });

  test('with a filter is recorded with it', async () => {
    await forgetEvents();
    await dead({ type: 'a' }, { type: 'b' });
    const [receipt] = await as(
      'priya',
      `select replayed, skipped from api.replay_webhook_events('It was corrected', of_provider => 'mux', of_type => 'b')`,
    );
    expect(receipt).toEqual({ replayed: 1, skipped: 0 });
    expect(await lastEntry('webhook.replayed')).toMatchObject({
      actor_subject: 'user_priya_nair',
      reason: 'It was corrected',
      after: { replayed: 1, filter: { state: 'dead', provider: 'mux', type: 'b' } },
    });
  });
});

describe('discarding', () => {
  test('is final: it is not folded, not replayed, and a fresh delivery does not bring it back', async () => {
    const eventId = randomUUID();
    const aside = await receive({ stale: true, eventId });
    const [one] = await dead(poison);
    const ids = [one ?? '', aside];
    const [receipt] = await as(
      'tomas',
      `select discarded, skipped from api.discard_webhook_events('A test of Mux', $1)`,
      [ids],
    );
    expect(receipt).toEqual({ discarded: 2, skipped: 0 });
    await receive({ eventId });
    await as('tomas', `select api.replay_webhook_events('It was corrected', $1)`, [ids]);
    await database.service.query('select * from app.fold_webhook_events($1)', [ids]);
    expect(await statesOf(ids)).toEqual(['discarded', 'discarded']);
    expect(await lastEntry('webhook.discarded')).toMatchObject({
      actor_subject: 'user_tomas_reid',
      door: 'api',
      reason: 'A test of Mux',
      after: { discarded: 2, event_ids: ids.toSorted() },
    });
  });

  test('of what was folded or waits to be folded changes nothing and is not recorded', async () => {
    const id = await receive();
    const before = await database.admin.query(`select from audit.entries where action = 'webhook.discarded'`);
    expect(
      await as('tomas', `select discarded, skipped from api.discard_webhook_events('A test of Mux', $1)`, [[id]]),
    ).toEqual([{ discarded: 0, skipped: 1 }]);
    const after = await database.admin.query(`select from audit.entries where action = 'webhook.discarded'`);
    expect([after.rowCount, await statesOf([id])]).toEqual([before.rowCount, ['received']]);
  });
});

describe('a dry run', () => {
  const preview = (who: 'tomas', ids: readonly string[]) =>
    as<{ id: string; outcome: string; error: string | null; changes: Change[]; matching: number }>(
      who,
      'select id, outcome, error, changes, matching from api.preview_replay($1)',
      [ids],
    );
  type Change = { object: string; id: string; before: Record<string, unknown>; after: Record<string, unknown> };
  const killed = async (events: readonly MuxEvent[]) => {
    const ids = [];
    for (const event of events) ids.push(await receiveEvent(event));
    await database.admin.query(`update app.webhook_events set state = 'dead', attempts = 5 where id = any ($1)`, [ids]);
    return ids;
  };

  test('shows before and after of upload, asset and video, in the order of the fold, and leaves nothing behind', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    const ids = await killed(readyTrace(upload));
    const [broken] = await dead(poison);
    const before = await contentsOf(database.admin);
    const rows = await preview('tomas', [...ids, broken ?? '']);
    expect(await contentsOf(database.admin)).toEqual(before);

    expect(rows.map(({ id, outcome, matching }) => [id, outcome, matching])).toEqual([
      ...ids.map((id) => [id, 'processed', 7]),
      [broken, 'failed', 7],
    ]);
    expect(rows.at(-1)?.error).toBe('The asset has no id or an unknown status: weird.');
    const [ready] = rows.filter(({ changes }) => changes.some(({ after }) => after.state === 'ready'));
    expect(ready?.changes).toEqual([
      {
        object: 'mux_asset',
        id: upload.assetId,
        before: expect.objectContaining({ status: 'preparing' }),
        after: expect.objectContaining({ status: 'ready' }),
      },
      {
        object: 'video',
        id: upload.videoId,
        before: expect.objectContaining({ status: 'processing' }),
        after: expect.objectContaining({ status: 'ready', ready_at: expect.any(String) }),
      },
      {
        object: 'upload_job',
        id: upload.uploadJobId,
        before: expect.objectContaining({ state: 'processing' }),
        after: expect.objectContaining({ state: 'ready', finished_at: expect.any(String) }),
      },
    ]);
    // The last event replaces the playback id, which operations do not see.
    expect(rows.at(-2)?.changes).toMatchObject([{ object: 'mux_asset', after: { playback_id: '[not shown]' } }]);
    expect(JSON.stringify(rows)).not.toContain(upload.playbackId);
  });

  test('tells what a replay then does', async () => {
    const upload = await arrangeUpload(database, 'ben');
    const ids = await killed(erroredTrace(upload));
    const rows = await preview('tomas', ids);
    await as('tomas', `select api.replay_webhook_events('It was corrected', $1)`, [ids]);
    await database.service.query('select * from app.fold_webhook_events($1)', [ids]);
    const job = only(
      await database.admin.query('select state, error_code from app.upload_jobs where id = $1', [upload.uploadJobId]),
    );
    const told = Object.assign(
      {},
      ...rows.flatMap(({ changes }) =>
        changes.filter(({ object }) => object === 'upload_job').map(({ after }) => after),
      ),
    );
    expect(told).toMatchObject(job);
    expect(job.state).toBe('errored');
  });

  test('of an event about a person says that their name changes, not what it is', async () => {
    const body = {
      data: { id: 'user_amelia_hart', first_name: 'Amy', last_name: 'Hartley', updated_at: Date.now() + 60_000 },
    };
    const [id] = await dead({ provider: 'clerk', type: 'user.updated', body: Buffer.from(JSON.stringify(body)) });
    const rows = await preview('tomas', [id ?? '']);
    expect(rows).toMatchObject([
      {
        outcome: 'processed',
        changes: [
          { object: 'profile', before: { display_name: '[not shown]' }, after: { display_name: '[not shown]' } },
        ],
      },
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/amy|hart(?!")|commitment/i);
  });

  test('waits for nobody: what somebody else has in hand is busy', async () => {
    const [id] = await dead({});
    const other = await database.admin.connect();
    try {
      await other.query('begin');
      await other.query('select from app.webhook_events where id = $1 for update', [id]);
      expect(await preview('tomas', [id ?? ''])).toMatchObject([{ outcome: 'busy', changes: [] }]);
    } finally {
      await other.query('rollback');
      other.release();
    }
  });
});

describe('a payload', () => {
  const payloadOf = async (body: object | string, provider = 'mux') => {
    const id = await receive({ provider, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) });
    const [row] = await as<{ payload: unknown; size_bytes: number }>(
      'tomas',
      'select payload, size_bytes from api.webhook_event_payload($1)',
      [id],
    );
    return { id, ...row };
  };

  test('shows ids, types, states and times; playback ids, names, addresses, URLs and what is unknown are masked', async () => {
    const job = randomUUID();
    const { payload } = await payloadOf({
      id: 'event-1',
      type: 'video.asset.ready',
      created_at: '2026-01-01T00:00:00.000000Z',
      data: {
        id: 'asset-1',
        status: 'ready',
        duration: 12.5,
        passthrough: job,
        playback_ids: [{ id: 'playback-1', policy: 'signed' }],
        new_asset_settings: { passthrough: 'Ann Smith', playback_policies: ['signed'] },
        errors: { type: 'invalid_input', messages: ['https://example.com/ann.mp4 is no video'] },
        url: 'https://storage.example/upload?signature=abc',
        meta: { title: 'Ann at the bar' },
        type: 'ann@example.com',
        novelty: 7,
      },
    });
    expect(payload).toEqual({
      id: 'event-1',
      type: 'video.asset.ready',
      created_at: '2026-01-01T00:00:00.000000Z',
      data: {
        id: 'asset-1',
        status: 'ready',
        duration: 12.5,
        passthrough: job,
        playback_ids: [{ id: '[masked]', policy: 'signed' }],
        new_asset_settings: { passthrough: '[masked]', playback_policies: '[masked]' },
        errors: { type: 'invalid_input', messages: '[masked]' },
        url: '[masked]',
        meta: '[masked]',
        type: '[masked]',
        novelty: '[masked]',
      },
    });
  });

  test('of Clerk and Resend shows nobody', async () => {
    const person = await payloadOf(
      {
        type: 'user.updated',
        data: {
          id: 'user_1',
          first_name: 'Ann',
          email_addresses: [{ id: 'idn_1', email_address: 'ann@example.com', verification: { status: 'verified' } }],
          public_metadata: { team: 'Ann' },
        },
        event_attributes: { http_request: { client_ip: '203.0.113.7' } },
      },
      'clerk',
    );
    expect(person.payload).toEqual({
      type: 'user.updated',
      data: {
        id: 'user_1',
        first_name: '[masked]',
        email_addresses: [{ id: 'idn_1', email_address: '[masked]', verification: { status: 'verified' } }],
        public_metadata: '[masked]',
      },
      event_attributes: '[masked]',
    });
    const mail = await payloadOf(
      {
        type: 'email.bounced',
        data: {
          email_id: 'mail-1',
          to: ['ann@example.com'],
          subject: 'Hello Ann',
          bounce: { type: 'Permanent', message: 'No ann@example.com' },
        },
      },
      'resend',
    );
    expect(mail.payload).toEqual({
      type: 'email.bounced',
      data: {
        email_id: 'mail-1',
        to: '[masked]',
        subject: '[masked]',
        bounce: { type: 'Permanent', message: '[masked]' },
      },
    });
  });

  test('is recorded each time it is read', async () => {
    const { id } = await payloadOf({});
    expect(await lastEntry('webhook_event.payload_read')).toMatchObject({
      actor_subject: 'user_tomas_reid',
      object_id: id,
    });
  });

  test.each([
    ['no JSON', '{"data": '],
    ['no text', '\u0000'],
  ])('that is %s is null, not an error', async (_what, body) => {
    expect(await payloadOf(body)).toMatchObject({ payload: null, size_bytes: Buffer.byteLength(body) });
  });

  test('is for operators and admins only', async () => {
    const id = await receive();
    for (const who of ['helen', 'amelia'] as const)
      await expect(as(who, 'select * from api.webhook_event_payload($1)', [id])).rejects.toThrow('permission denied');
  });
});

describe('the job mux-dlq-replay', () => {
  const claim = async (max = 500) =>
    (await database.service.query<{ id: string }>('select id from app.claim_dead_events($1) id', [max])).rows.map(
      ({ id }) => id,
    );
  const letTimePass = () =>
    database.admin.query(
      `update app.webhook_events set next_attempt_at = now() - interval '1 second' where state = 'dead'`,
    );
  const pauseOf = async (id: string) =>
    Number(
      only(
        await database.admin.query<{ pause: string }>(
          'select extract(epoch from next_attempt_at - now()) as pause from app.webhook_events where id = $1',
          [id],
        ),
      ).pause,
    );

  test('takes dead events once their time has come, with one attempt ahead, each time later', async () => {
    await forgetEvents();
    const [id = ''] = await dead(poison);
    expect(await claim()).toEqual([]);
    for (const minutes of [27, 54, 108, 216, 360, 360]) {
      await letTimePass();
      expect(await claim()).toEqual([id]);
      expect(await claim()).toEqual([]);
      expect(await fail(id)).toBe('dead');
      expect(Math.round((await pauseOf(id)) / 60)).toBe(minutes);
    }
    expect(await lastEntry('webhook.replayed')).toMatchObject({
      actor_subject: null,
      reason: 'replayed by the job mux-dlq-replay',
      after: { replayed: 1, event_ids: [id] },
    });
  });

  test('takes no more than it is asked for, those first that have waited longest, and each event once', async () => {
    await forgetEvents();
    const ids = await dead({}, {}, {}, {});
    await letTimePass();
    await database.admin.query(
      `update app.webhook_events set next_attempt_at = now() - interval '1 hour' where id = $1`,
      [ids[2]],
    );
    expect(await claim(1)).toEqual([ids[2]]);
    const [one, two] = await Promise.all([claim(3), claim(3)]);
    expect([...one, ...two].sort()).toEqual(ids.filter((id) => id !== ids[2]).sort());
  });

  test('leaves events of Mux alone while the flag is off (JB-10), and no others', async () => {
    await forgetEvents();
    const [mux, resend] = await dead({}, { provider: 'resend' });
    await letTimePass();
    await database.admin.query(`update app.feature_flags set is_enabled = false where id = 'MUX_WEBHOOK_DLQ_ENABLED'`);
    const whileOff = await claim();
    await database.admin.query(`update app.feature_flags set is_enabled = true where id = 'MUX_WEBHOOK_DLQ_ENABLED'`);
    expect(whileOff).toEqual([resend]);
    expect(await claim()).toEqual([mux]);
  });
});
