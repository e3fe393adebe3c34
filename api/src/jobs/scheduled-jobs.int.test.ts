import { createTestDatabase, type TestDatabase } from '@mm/tests';
import { PgBoss } from 'pg-boss';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../db/database.ts';
import { DatabaseUnavailableError } from '../db/unavailable.ts';
import { runScheduledJob, takeScheduledJobs } from './scheduled-jobs.ts';

const silent = pino({ level: 'silent' });

let testDatabase: TestDatabase;
let database: Database;
let boss: PgBoss;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({
    url: testDatabase.serviceUrl,
    poolMax: 3,
    applicationName: 'mm-worker',
    onConnectionError: () => undefined,
  });
  boss = new PgBoss({
    schema: 'pgboss',
    db: { executeSql: (text, values) => database.pool.query(text, values) },
    migrate: false,
    createSchema: false,
    reindex: false,
    monitorVacuum: false,
  });
  await boss.start();
});
afterAll(async () => {
  await boss?.stop({ graceful: false, close: false });
  await database?.close();
  await testDatabase?.close();
});
beforeEach(() => testDatabase.admin.query('delete from app.job_runs'));

const schedule = async () =>
  (
    await testDatabase.service.query<{ job: string; cron: string }>(
      'select job, cron from app.job_schedule() order by job',
    )
  ).rows;
const runs = async () =>
  (await testDatabase.admin.query('select job, outcome, counts, error from app.job_runs order by started_at, id')).rows;

describe('a scheduled job', () => {
  it('is on record with what it counted', async () => {
    const run = async () => ({ mended: 2 });
    expect(await runScheduledJob(database, silent, { name: 'upkeep', run })).toBe(true);
    expect(await runs()).toEqual([{ job: 'upkeep', outcome: 'succeeded', counts: { mended: 2 }, error: null }]);
  });

  it('that fails is on record with why, and fails for the queue too', async () => {
    const run = () => Promise.reject(new DatabaseUnavailableError(new Error('gone')));
    await expect(runScheduledJob(database, silent, { name: 'upkeep', run })).rejects.toThrow(DatabaseUnavailableError);
    expect(await runs()).toMatchObject([{ outcome: 'failed', error: expect.stringMatching(/./) }]);
  });

  it('does nothing while another run of it is under way', async () => {
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const first = runScheduledJob(database, silent, { name: 'upkeep', run: () => ended.then(() => ({})) });
    await expect.poll(runs).toHaveLength(1);
    let ran = false;
    const second = runScheduledJob(database, silent, {
      name: 'upkeep',
      run: async () => {
        ran = true;
        return {};
      },
    });
    expect([await second, ran]).toEqual([false, false]);
    end();
    expect(await first).toBe(true);
  });
});

describe('a worker that takes scheduled jobs', () => {
  const jobOf = (name: string) => ({ name, pollingIntervalSeconds: 1, run: async () => ({ ran: 1 }) });

  it('refuses to start when the database schedules what it does not know, or not what it knows', async () => {
    await expect(takeScheduledJobs(boss, database, silent, [])).rejects.toThrow(/does not know: .*\bdaily-upkeep, /);
    const jobs = [...(await schedule()).map(({ job }) => jobOf(job)), jobOf('another')];
    for (const { name } of jobs) await boss.createQueue(name, { policy: 'singleton' });
    await expect(takeScheduledJobs(boss, database, silent, jobs)).rejects.toThrow('does not schedule the job another.');
    for (const { name } of jobs) await boss.offWork(name);
  });

  it('schedules each as SQL says, and makes good at once what was missed', async () => {
    await testDatabase.admin.query(`
      insert into app.job_runs (job, started_at, ended_at, outcome)
      select job, case job when 'daily-upkeep' then now() - interval '2 days' else now() end, now(), 'succeeded' from app.job_schedule()`);
    await takeScheduledJobs(
      boss,
      database,
      silent,
      (await schedule()).map(({ job }) => jobOf(job)),
    );
    const scheduled = (await boss.getSchedules()).map(({ name, cron }) => ({ job: name, cron }));
    expect(scheduled.sort((a, b) => a.job.localeCompare(b.job))).toEqual(await schedule());
    await expect
      .poll(async () => (await runs()).filter(({ counts }) => counts.ran === 1).map(({ job }) => job), {
        timeout: 15_000,
      })
      .toContain('daily-upkeep');
  });
});
