import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { only } from '../src/arrange.ts';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());
beforeEach(() => database.admin.query('delete from app.job_runs; delete from app.alerts; delete from pgboss.job'));

const start = async (job = 'upkeep') =>
  only(await database.service.query<{ id: string | null }>('select app.start_job_run($1) as id', [job])).id;
const finish = async (id: string | null, counts: object = {}, error: string | null = null) =>
  only(
    await database.service.query<{ ended: boolean }>('select app.finish_job_run($1, $2, $3) as ended', [
      id,
      counts,
      error,
    ]),
  ).ended;
const runs = async () =>
  (
    await database.asUser('tomas', (client) =>
      client.query('select job, outcome, counts, error, duration_ms from api.job_runs order by started_at, id'),
    )
  ).rows;
const openAlerts = async () =>
  (
    await database.admin.query<{ key: string; severity: string }>(
      `select key, severity from app.alerts where state <> 'resolved' order by key`,
    )
  ).rows;
const watch = () => database.service.query('select app.watch_jobs()');
const overdue = async () =>
  (await database.admin.query<{ job: string }>('select job from app.overdue_jobs() order by job')).rows.map(
    ({ job }) => job,
  );
const makeOlder = (interval: string) =>
  database.admin.query(`update app.job_runs set started_at = started_at - interval '${interval}'`);

describe('runs of scheduled jobs', () => {
  test('are recorded with their duration, outcome and counts', async () => {
    expect(await finish(await start(), { reconciled: 3 })).toBe(true);
    expect(await finish(await start(), {}, 'No answer to ann@example.com')).toBe(true);
    expect(await runs()).toEqual([
      { job: 'upkeep', outcome: 'succeeded', counts: { reconciled: 3 }, error: null, duration_ms: expect.any(Number) },
      { job: 'upkeep', outcome: 'failed', counts: {}, error: 'No answer to [email]', duration_ms: expect.any(Number) },
    ]);
  });

  test('of one job are under way one at a time, however many ask at once (JB-11)', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => start()));
    expect(ids.filter((id) => id !== null)).toHaveLength(1);
    expect(await start('daily-upkeep')).not.toBeNull();
    await finish(ids.find((id) => id !== null) ?? null);
    expect(await start()).not.toBeNull();
  });

  test('that take longer than they may were abandoned: the next one begins, and the late end does not count', async () => {
    const late = await start('mux-dlq-replay');
    await makeOlder('59 seconds');
    expect(await start('mux-dlq-replay')).toBeNull();
    await makeOlder('2 seconds');
    expect(await start('mux-dlq-replay')).not.toBeNull();
    expect(await finish(late)).toBe(false);
    expect((await runs()).map(({ outcome }) => outcome)).toEqual(['abandoned', 'running']);
  });

  test('that fail raise an alert, which the next success resolves (JB-06)', async () => {
    await finish(await start(), {}, 'It broke.');
    expect(await openAlerts()).toEqual([{ key: 'job.failed.upkeep', severity: 'warning' }]);
    await finish(await start());
    expect(await openAlerts()).toEqual([]);
  });

  test('are removed when they have been kept for as long as the policy says', async () => {
    await finish(await start());
    await makeOlder('91 days');
    await finish(await start('daily-upkeep'));
    await database.service.query('select app.apply_retention()');
    expect((await runs()).map(({ job }) => job)).toEqual(['daily-upkeep']);
  });
});

describe('a missed run', () => {
  test('is noticed by the age of the last success, and raises an alert until the job succeeds (JB-06)', async () => {
    await finish(await start());
    await makeOlder('9 minutes');
    expect(await overdue()).toEqual([]);
    await makeOlder('2 minutes');
    await finish(await start(), {}, 'It broke.');
    expect(await overdue()).toEqual(['upkeep']);
    await watch();
    expect(await openAlerts()).toEqual([
      { key: 'job.failed.upkeep', severity: 'warning' },
      { key: 'job.overdue.upkeep', severity: 'critical' },
    ]);
    await finish(await start());
    expect(await openAlerts()).toEqual([]);
  });

  test('of a job that never ran is noticed once another has', async () => {
    expect(await overdue()).toEqual([]);
    await finish(await start());
    await makeOlder('35 hours');
    await finish(await start());
    expect(await overdue()).toEqual([
      'canary',
      'daily-upkeep',
      'mux-dlq-replay',
      'reconcile-light',
      'reconcile-whole',
      'verify-audit-log',
      'watch-abuse',
    ]);
    const { rows } = await database.asUser('priya', (client) =>
      client.query('select job, last_outcome, overdue_since is not null as overdue from api.scheduled_jobs()'),
    );
    expect(rows).toEqual([
      { job: 'canary', last_outcome: null, overdue: true },
      { job: 'daily-upkeep', last_outcome: null, overdue: true },
      { job: 'mux-dlq-replay', last_outcome: null, overdue: true },
      { job: 'reconcile-light', last_outcome: null, overdue: true },
      { job: 'reconcile-whole', last_outcome: null, overdue: true },
      { job: 'upkeep', last_outcome: 'succeeded', overdue: false },
      { job: 'verify-audit-log', last_outcome: null, overdue: true },
      { job: 'watch-abuse', last_outcome: null, overdue: true },
    ]);
  });
});

test('the runbook names every scheduled job, with its allowance', async () => {
  const runbook = await readFile(new URL('../../docs/runbooks/scheduled-jobs.md', import.meta.url), 'utf8');
  const told = [...runbook.matchAll(/^\| `([a-z-]+)` \|.*\| (\d+ \w+) \|$/gm)].map(([, job, overdue]) => ({
    job,
    overdue,
  }));
  const { rows } = await database.service.query(
    `select job, case when overdue_after < interval '1 hour' then extract(minute from overdue_after) || ' minutes'
                      else extract(epoch from overdue_after)::int / 3600 || ' hours' end as overdue
     from app.job_schedule() order by job`,
  );
  expect(told.sort((a, b) => String(a.job).localeCompare(String(b.job)))).toEqual(rows);
});

describe('catching up', () => {
  test('puts one run of each overdue job into its queue, however often it is asked', async () => {
    for (const job of ['upkeep', 'daily-upkeep'])
      await database.service.query('select pgboss.create_queue($1, $2)', [job, { policy: 'singleton' }]);
    await finish(await start());
    await finish(await start('daily-upkeep'));
    await makeOlder('25 hours');
    const caughtUp = async () =>
      (await database.service.query<{ job: string }>('select app.catch_up_jobs() as job')).rows.map(({ job }) => job);
    await database.admin.query(`update app.job_runs set started_at = now() where job = 'daily-upkeep'`);
    await finish(await start('canary'));
    await database.admin.query(`update app.job_runs set started_at = now() where job = 'canary'`);
    await finish(await start('mux-dlq-replay'));
    for (const job of ['reconcile-light', 'reconcile-whole', 'watch-abuse']) await finish(await start(job));
    await database.admin.query(`update app.job_runs set started_at = now() where job = 'mux-dlq-replay'`);
    expect(await caughtUp()).toEqual(['upkeep']);
    expect(await caughtUp()).toEqual([]);
    const { rows } = await database.admin.query('select name from pgboss.job');
    expect(rows).toEqual([{ name: 'upkeep' }]);
  });
});

describe('a run that somebody asks for', () => {
  const ask = (who: 'tomas' | 'helen') =>
    database.asUser(
      who,
      (client) => client.query(`select job_id from api.run_job('mux-dlq-replay', 'It was missed')`),
      {
        keep: true,
      },
    );

  test('is put into the queue once, with who wanted it and why on record', async () => {
    await database.service.query('select pgboss.create_queue($1, $2)', ['mux-dlq-replay', { policy: 'singleton' }]);
    const asked = await Promise.allSettled([ask('tomas'), ask('tomas'), ask('tomas')]);
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const jobs = await database.admin.query(`select id as job_id from pgboss.job where name = 'mux-dlq-replay'`);
    expect(jobs.rows).toHaveLength(1);
    const { rows } = await database.admin.query(
      `select actor_subject, object_id, reason, after from audit.entries where action = 'job.requested'`,
    );
    expect(rows).toEqual([
      { actor_subject: 'user_tomas_reid', object_id: 'mux-dlq-replay', reason: 'It was missed', after: jobs.rows[0] },
    ]);
  });

  test('is not for compliance staff', async () => {
    await expect(ask('helen')).rejects.toThrow('permission denied');
  });
});

describe('the watch', () => {
  const dead = (count: number) =>
    database.admin.query(`delete from app.webhook_events;`).then(() =>
      database.admin.query(
        `insert into app.webhook_events (provider, event_id, type, body, signed_at, state)
       select 'mux', 'event-' || n, 'a', '{}', now(), 'dead' from generate_series(1, $1::int) n`,
        [count],
      ),
    );

  test.each([
    [9, []],
    [10, [{ key: 'webhook.dead', severity: 'warning' }]],
    [100, [{ key: 'webhook.dead', severity: 'critical' }]],
  ])('of %i dead events raises %j (JB-07)', async (count, alerts) => {
    await dead(count);
    await watch();
    expect(await openAlerts()).toEqual(alerts);
    await dead(0);
    await watch();
    expect(await openAlerts()).toEqual([]);
  });

  test('notices that nobody takes the jobs of a queue, also when no worker is there', async () => {
    await database.service.query(`select pgboss.create_queue('watched', '{"policy": "standard"}')`);
    const add = (minutes: number) =>
      database.service.query(`select jobs.enqueue('watched', '{}', null, now() - make_interval(mins => $1))`, [
        minutes,
      ]);
    await add(14);
    await watch();
    expect(await openAlerts()).toEqual([]);
    await add(16);
    await Promise.all([watch(), watch(), watch()]);
    expect(await openAlerts()).toEqual([{ key: 'job.waiting.watched', severity: 'critical' }]);
    await database.admin.query('delete from pgboss.job');
    await watch();
    expect(await openAlerts()).toEqual([]);
  });

  test('says nothing when there is nothing to say', async () => {
    expect(only(await database.service.query('select app.watch_jobs() as met')).met).toBe(0);
    expect(await openAlerts()).toEqual([]);
  });
});

describe('queues', () => {
  test('tell operators what waits, since when, what is under way and what has failed', async () => {
    await database.service.query(`select pgboss.create_queue('counted', '{"policy": "standard"}')`);
    for (const state of ['created', 'created', 'retry', 'active', 'failed', 'completed'])
      await database.admin.query(
        `insert into pgboss.job (name, state, start_after) values ('counted', $1, now() - interval '5 minutes')`,
        [state],
      );
    await database.service.query(`select jobs.enqueue('counted', '{}', null, now() + interval '1 hour')`);
    const { rows } = await database.asUser('tomas', (client) =>
      client.query(
        `select waiting, oldest_waiting_since < now() - interval '4 minutes' as since, scheduled, active, failed
         from api.job_queues() where queue = 'counted'`,
      ),
    );
    expect(rows).toEqual([{ waiting: 3, since: true, scheduled: 1, active: 1, failed: 1 }]);
  });
});
