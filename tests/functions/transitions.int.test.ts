import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrangeShareInTime, arrangeVideo } from '../src/arrange.ts';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

type Machine = {
  /** The function that says what may follow what. */
  machine: string;
  table: string;
  column: string;
  /** The code that refuses the rest. */
  code: string;
  /** What must be set beside a state. */
  beside?: (state: string) => string;
};

/** The machines whose state is a column. */
const machines: Machine[] = [
  { machine: 'app.upload_transitions', table: 'app.upload_jobs', column: 'state', code: 'upload.state_backwards' },
  { machine: 'app.video_transitions', table: 'app.videos', column: 'status', code: 'video.status_backwards' },
  { machine: 'app.asset_transitions', table: 'app.mux_assets', column: 'status', code: 'asset.status_backwards' },
  {
    machine: 'app.webhook_event_transitions',
    table: 'app.webhook_events',
    column: 'state',
    code: 'webhook.state_final',
  },
  {
    machine: 'app.erasure_transitions',
    table: 'app.erasure_requests',
    column: 'state',
    code: 'erasure.decided',
    beside: (state) =>
      state === 'requested'
        ? ', decided_by = null, decided_at = null, decision_reason = null'
        : `, decided_by = requested_by, decided_at = now(), decision_reason = 'Enough',
             completed_at = ${state === 'completed' ? 'now()' : 'null'}`,
  },
  {
    machine: 'app.erasure_step_transitions',
    table: 'app.erasure_steps',
    column: 'state',
    code: 'erasure.step_state',
    beside: (state) =>
      ['done', 'kept'].includes(state)
        ? `, finished_at = now(), evidence = '{}'`
        : ', finished_at = null, evidence = null',
  },
  {
    machine: 'app.alert_transitions',
    table: 'app.alerts',
    column: 'state',
    code: 'alert.resolved',
    beside: (state) =>
      `${
        state === 'acknowledged'
          ? `, acknowledged_at = now(), acknowledge_note = 'Enough', acknowledged_by = (select min(id::text)::uuid from app.profiles)`
          : ', acknowledged_at = null, acknowledge_note = null, acknowledged_by = null'
      }${state === 'resolved' ? `, resolved_at = now(), resolve_note = 'Enough'` : ', resolved_at = null, resolve_note = null'}`,
  },
  {
    machine: 'app.delivery_transitions',
    table: 'app.notification_deliveries',
    column: 'state',
    code: 'notification.state_final',
    beside: (state) =>
      `, finished_at = ${state === 'queued' ? 'null' : 'now()'}, suppressed_by = ${state === 'suppressed' ? `'address'` : 'null'}`,
  },
];

/** The states that the table's own check allows: a state that is forgotten in the machine is met here. */
async function statesOf(table: string, column: string): Promise<string[]> {
  const { rows } = await database.admin.query<{ state: string }>(
    `select distinct m[1] as state
     from pg_constraint c, regexp_matches(pg_get_constraintdef(c.oid), '''([a-z]+)''::text', 'g') m
     where c.conrelid = $1::regclass and c.conname like '%\\_' || $2 || '\\_check'`,
    [table, column],
  );
  return rows.map((row) => row.state);
}

describe('state machines', () => {
  beforeAll(async () => {
    await arrangeVideo(database, 'amelia');
    await database.asUser('amelia', (client) => client.query(`select api.request_erasure('I am leaving')`), {
      keep: true,
    });
    await database.service.query(`select app.raise_alert('arranged', 'warning', 'The queue stands still')`);
    await database.admin.query(
      `insert into app.erasure_steps (request_id, profile_id, system, phase, action, target)
       select r.id, r.profile_id, 'postgres', 1, 'suspend', 'account' from app.erasure_requests r`,
    );
    await database.service.query(
      `select app.receive_webhook('mux', 'event-1', 'video.asset.ready', 'asset-1', '{"data": {}}', now(), false)`,
    );
  });

  test.each(machines)('$table moves as $machine says, and in no other way, for the owner too', async (subject) => {
    const { machine, table, column, code, beside = () => '' } = subject;
    const { rows } = await database.admin.query<{ step: string }>(
      `select from_state || ' to ' || to_state as step from ${machine}()`,
    );
    const declared = rows.map((row) => row.step).sort();
    const states = await statesOf(table, column);
    expect(states.length).toBeGreaterThan(2);

    const taken: string[] = [];
    const client = await database.admin.connect();
    try {
      for (const from of states) {
        for (const to of states.filter((state) => state !== from)) {
          await client.query('begin');
          // Without triggers any state can be arranged.
          await client.query(`set local session_replication_role = 'replica'`);
          await client.query(`update ${table} set ${column} = $1${beside(from)}`, [from]);
          await client.query(`set local session_replication_role = 'origin'`);
          const move = client.query(`update ${table} set ${column} = $1${beside(to)}`, [to]);
          if (declared.includes(`${from} to ${to}`)) {
            expect((await move).rowCount).toBeGreaterThan(0);
            taken.push(`${from} to ${to}`);
          } else {
            expect(await refusalOf(move)).toMatchObject({ status: 409, code });
          }
          await client.query('rollback');
        }
      }
    } finally {
      client.release();
    }
    expect(taken.sort()).toEqual(declared);
  });

  test('a share link moves as app.share_transitions says: by time, or to revoked once and for good', async () => {
    const video = await arrangeVideo(database, 'amelia');
    const links = {
      scheduled: await arrangeShareInTime(database, video, { startsInHours: 5 }),
      active: await arrangeShareInTime(database, video, {}),
      expired: await arrangeShareInTime(database, video, { madeHoursAgo: 30, lifeHours: 24 }),
    };
    const { rows } = await database.admin.query<{ from_state: string }>(
      `select from_state from app.share_transitions() where to_state = 'revoked'`,
    );
    expect(rows.map((row) => row.from_state).sort()).toEqual(Object.keys(links).sort());

    for (const { id } of Object.values(links)) {
      const set = (assignment: string) =>
        database.admin.query(`update app.share_tokens set ${assignment} where id = $1`, [id]);
      for (const moment of [`starts_at = now() + interval '1 hour'`, `expires_at = expires_at + interval '1 hour'`]) {
        expect(await refusalOf(set(moment))).toMatchObject({ status: 409, code: 'data.immutable' });
      }
      await set(`revoked_at = now(), revoked_by = created_by, revoke_reason = 'Enough'`);
      const { rows: seen } = await database.asUser('amelia', (client) =>
        client.query('select status from api.share_tokens where id = $1', [id]),
      );
      expect(seen).toEqual([{ status: 'revoked' }]);
      for (const undoing of [
        'revoked_at = null, revoked_by = null, revoke_reason = null',
        `revoke_reason = 'Another reason'`,
        `revoked_at = now() + interval '1 hour'`,
      ]) {
        expect(await refusalOf(set(undoing))).toMatchObject({ status: 409, code: 'share.already_revoked' });
      }
    }
  });

  test('what was received is kept as it was received, unless it was quarantined', async () => {
    const receive = (event: string, body: string, stale: boolean) =>
      database.service.query(`select app.receive_webhook('mux', $1, 'video.asset.ready', null, $2, now(), $3)`, [
        event,
        Buffer.from(body),
        stale,
      ]);
    const change = (event: string, assignment: string) =>
      database.admin.query(`update app.webhook_events set ${assignment} where event_id = $1`, [event]);
    await receive('kept', '{"data": 1}', false);
    for (const assignment of [
      `body = '{}'`,
      `type = 'video.asset.deleted'`,
      `object_id = 'another'`,
      `signed_at = now() + interval '1 hour'`,
      `event_id = 'another'`,
      `received_at = now() + interval '1 hour'`,
    ]) {
      expect(await refusalOf(change('kept', assignment))).toMatchObject({ status: 409, code: 'data.immutable' });
    }
    await receive('aside', '{"data": 1}', true);
    await receive('aside', '{"data": 2}', false);
    const { rows } = await database.admin.query(
      `select convert_from(body, 'utf8') as body, state from app.webhook_events where event_id = 'aside'`,
    );
    expect(rows).toEqual([{ body: '{"data": 2}', state: 'received' }]);
  });
});
