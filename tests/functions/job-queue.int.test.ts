import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';

let database: TestDatabase;
let boss: PgBoss;

beforeAll(async () => {
  database = await createTestDatabase();
  boss = new PgBoss({
    schema: 'pgboss',
    db: { executeSql: (text, values) => database.service.query(text, values) },
    migrate: false,
    createSchema: false,
    supervise: false,
    reindex: false,
    monitorVacuum: false,
  });
  await boss.start();
});
afterAll(async () => {
  await boss?.stop({ graceful: false, close: false });
  await database?.close();
});

test('the job queue works as mm_service, which owns none of its tables', async () => {
  await boss.createQueue('mail', { retryLimit: 3, retryBackoff: true });
  await boss.createQueue('mail-dead');
  await boss.updateQueue('mail', { retryLimit: 5, deadLetter: 'mail-dead' });
  const id = await boss.send('mail', { to: 'amelia' });
  const [job] = await boss.fetch<{ to: string }>('mail');
  expect(job).toMatchObject({ id, data: { to: 'amelia' } });
  await boss.complete('mail', String(id));
  expect((await boss.findJobs('mail', { id: String(id) }))[0]?.state).toBe('completed');
});

test('a failed job, a cancelled job and a retried job are possible as mm_service', async () => {
  await boss.createQueue('retries', { retryLimit: 0 });
  const failed = String(await boss.send('retries', {}));
  await boss.fetch('retries');
  await boss.fail('retries', failed);
  await boss.retry('retries', failed);
  const cancelled = String(await boss.send('retries', {}));
  await boss.cancel('retries', cancelled);
  await boss.deleteJob('retries', cancelled);
  expect((await boss.findJobs('retries', { id: failed }))[0]?.state).toBe('retry');
});

test('schedules, supervision and maintenance work as mm_service', async () => {
  const problems: unknown[] = [];
  boss.on('error', (error) => problems.push(error));
  await boss.createQueue('nightly', { policy: 'singleton' });
  await boss.schedule('nightly', '0 3 * * *', null, { tz: 'Australia/Sydney' });
  expect((await boss.getSchedules('nightly')).map((schedule) => schedule.cron)).toEqual(['0 3 * * *']);
  await boss.supervise();
  await boss.unschedule('nightly');
  await boss.deleteQueue('nightly');
  expect(problems).toEqual([]);
});

test('mm_service cannot change the tables of the job queue', async () => {
  const client = new pg.Client({ connectionString: database.serviceUrl });
  await client.connect();
  try {
    await expect(client.query('alter table pgboss.queue add column x int')).rejects.toThrow('must be owner');
    await expect(client.query('create table pgboss.mine ()')).rejects.toThrow('permission denied');
    await expect(client.query('truncate pgboss.job')).rejects.toThrow('permission denied');
  } finally {
    await client.end();
  }
});
