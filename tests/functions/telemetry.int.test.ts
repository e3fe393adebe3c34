import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrangeUpload, arrangeVideo, only } from '../src/arrange.ts';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';
import { bodyOf, erroredTrace, type MuxEvent, readyTrace } from './mux-trace.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

async function receive(provider: string, event: MuxEvent, stale = false): Promise<string> {
  const result = await database.service.query<{ id: string }>(
    'select id from app.receive_webhook($1, $2, $3, $4, $5, now(), $6)',
    [provider, event.id, event.type, event.objectId, bodyOf(event), stale],
  );
  return only(result).id;
}
const fold = (ids: readonly string[]) => database.service.query('select app.fold_webhook_events($1)', [ids]);
const stagesOf = async (ids: readonly string[]) => {
  const { rows } = await database.service.query<{ stage: string; seconds: number }>(
    'select stage, seconds from app.upload_stages($1) order by stage',
    [ids],
  );
  return rows;
};
const unread = (): MuxEvent => ({ id: randomUUID(), type: 'x', objectId: 'x', data: {}, at: new Date() });

test('the inbox tells of each provider what waits, is dead and is quarantined, how old it is, and what fails again and again', async () => {
  const dead = await receive('mux', unread());
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await database.service.query(`select app.fail_webhook_event($1, 'It cannot be read.')`, [dead]);
  }
  await receive('mux', unread());
  await fold([await receive('mux', unread())]);
  await receive('clerk', unread(), true);
  const { rows } = await database.service.query<{ oldest_seconds: number; overdue_seconds: number }>(
    'select provider, state, events::int, failing::int, oldest_seconds, overdue_seconds from app.webhook_telemetry()',
  );
  expect(rows.map(({ oldest_seconds, overdue_seconds, ...row }) => row)).toEqual([
    { provider: 'clerk', state: 'dead', events: 0, failing: 0 },
    { provider: 'clerk', state: 'quarantined', events: 1, failing: 0 },
    { provider: 'clerk', state: 'received', events: 0, failing: 0 },
    { provider: 'mux', state: 'dead', events: 1, failing: 1 },
    { provider: 'mux', state: 'quarantined', events: 0, failing: 0 },
    { provider: 'mux', state: 'received', events: 1, failing: 0 },
    { provider: 'resend', state: 'dead', events: 0, failing: 0 },
    { provider: 'resend', state: 'quarantined', events: 0, failing: 0 },
    { provider: 'resend', state: 'received', events: 0, failing: 0 },
  ]);
  expect(rows.map(({ oldest_seconds }) => oldest_seconds > 0)).toEqual([
    false,
    true,
    false,
    true,
    false,
    true,
    false,
    false,
    false,
  ]);
});

test('an event that waits for its next attempt is old, but not overdue; one that could be folded is', async () => {
  const overdue = async () => {
    const result = await database.service.query<{ seconds: number }>(
      `select overdue_seconds as seconds from app.webhook_telemetry() where provider = 'resend' and state = 'received'`,
    );
    return only(result).seconds;
  };
  expect(await overdue()).toBe(0);
  const id = await receive('resend', unread());
  expect(await overdue()).toBeGreaterThan(0);
  await database.service.query(`select app.fail_webhook_event($1, 'It cannot be read.')`, [id]);
  expect(await overdue()).toBe(0);
  await fold([id]);
});

test('uploads are told by state: how many are in the open ones and for how long, and what became of those of a day', async () => {
  await arrangeUpload(database, 'amelia');
  const waiting = await arrangeUpload(database, 'ben');
  await arrangeVideo(database, 'ben');
  const { rows } = await database.service.query<{ state: string; oldest_seconds: number | null }>(
    'select state, waiting::int, of_day::int, oldest_seconds from app.upload_telemetry()',
  );
  expect(rows.map(({ oldest_seconds, ...row }) => row)).toEqual([
    { state: 'requested', waiting: 0, of_day: 0 },
    { state: 'uploading', waiting: 2, of_day: 2 },
    { state: 'processing', waiting: 0, of_day: 0 },
    { state: 'expired', waiting: null, of_day: 0 },
    { state: 'cancelled', waiting: null, of_day: 0 },
    { state: 'errored', waiting: null, of_day: 0 },
    { state: 'ready', waiting: null, of_day: 1 },
  ]);
  const { age } = only(
    await database.admin.query<{ age: number }>(
      `select extract(epoch from now() - min(uploading_at))::float8 as age from app.upload_jobs where state = 'uploading'`,
    ),
  );
  const oldest = rows.find(({ state }) => state === 'uploading')?.oldest_seconds ?? Number.NaN;
  expect(oldest).toBeGreaterThan(0);
  expect(oldest).toBeLessThanOrEqual(age);
  expect(waiting.uploadJobId).toEqual(expect.any(String));
});

test('each event that ends a stage of an upload answers how long it took, once, and the others answer nothing', async () => {
  const upload = await arrangeUpload(database, 'amelia');
  const ids: string[] = [];
  for (const event of readyTrace(upload, new Date(Date.now() + 60_000))) {
    ids.push(await receive('mux', event));
  }
  expect(await stagesOf(ids)).toEqual([]);
  await fold(ids);
  const { rows } = await database.admin.query(
    `select v.stage, v.seconds from app.upload_jobs j cross join lateral (values
       ('processing', extract(epoch from j.finished_at - j.processing_at)::float8),
       ('uploading', extract(epoch from j.processing_at - j.uploading_at)::float8),
       ('whole', extract(epoch from j.finished_at - j.requested_at)::float8)) v (stage, seconds)
     where j.id = $1 order by v.stage`,
    [upload.uploadJobId],
  );
  expect(await stagesOf(ids)).toEqual(rows);
  const [created, uploaded, , , ready] = ids.map((id) => [id]);
  expect((await stagesOf(uploaded ?? [])).map(({ stage }) => stage)).toEqual(['uploading']);
  expect((await stagesOf(ready ?? [])).map(({ stage }) => stage)).toEqual(['processing', 'whole']);
  expect(await stagesOf(created ?? [])).toEqual([]);
});

test('of an upload that failed only the stages that it went through are counted', async () => {
  const upload = await arrangeUpload(database, 'amelia');
  const ids: string[] = [];
  for (const event of erroredTrace(upload, new Date(Date.now() + 60_000))) {
    ids.push(await receive('mux', event));
  }
  await fold(ids);
  expect((await stagesOf(ids)).map(({ stage }) => stage)).toEqual(['uploading']);
});

test('open alerts are counted by severity and state, resolved ones are not', async () => {
  const raise = (key: string, severity: string) =>
    database.service.query('select app.raise_alert($1, $2, $3)', [key, severity, 'Something is wrong']);
  // What other tests have made fail again and again.
  await database.admin.query('delete from app.alerts');
  await raise('telemetry.a', 'critical');
  await raise('telemetry.b', 'warning');
  await raise('telemetry.c', 'warning');
  await database.service.query(`select app.clear_alert('telemetry.c')`);
  const { rows } = await database.service.query(
    'select severity, state, alerts::int from app.alert_telemetry() order by severity, state',
  );
  expect(rows).toEqual([
    { severity: 'critical', state: 'acknowledged', alerts: 0 },
    { severity: 'critical', state: 'firing', alerts: 1 },
    { severity: 'info', state: 'acknowledged', alerts: 0 },
    { severity: 'info', state: 'firing', alerts: 0 },
    { severity: 'warning', state: 'acknowledged', alerts: 0 },
    { severity: 'warning', state: 'firing', alerts: 1 },
  ]);
});

test('of each scheduled job it is told when it last succeeded, and whether it is overdue', async () => {
  const jobs = async () => {
    const { rows } = await database.service.query<{ job: string; is_overdue: boolean; succeeded_at: Date | null }>(
      'select * from app.job_telemetry()',
    );
    return Object.fromEntries(rows.map(({ job, ...row }) => [job, row]));
  };
  const never = { is_overdue: false, succeeded_at: null };
  expect((await jobs()).upkeep).toEqual(never);
  const { id } = only(await database.service.query<{ id: string }>(`select app.start_job_run('upkeep') as id`));
  await database.service.query('select app.finish_job_run($1)', [id]);
  const { started_at } = only(
    await database.admin.query<{ started_at: Date }>(
      `update app.job_runs set started_at = started_at - interval '11 minutes' where id = $1 returning started_at`,
      [id],
    ),
  );
  expect((await jobs()).upkeep).toEqual({ is_overdue: true, succeeded_at: started_at });
  expect((await jobs())['daily-upkeep']).toEqual(never);
});
