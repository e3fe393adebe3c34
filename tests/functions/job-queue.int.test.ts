import pg, { type ClientBase, type Pool } from 'pg';
import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

describe('jobs.enqueue', () => {
  const enqueue = async (client: Pool | ClientBase, ...values: unknown[]): Promise<string | null> => {
    const { rows } = await client.query<{ id: string | null }>(
      `select jobs.enqueue(${values.map((_, n) => `$${n + 1}`).join(', ')}) as id`,
      values,
    );
    return rows[0]?.id ?? null;
  };
  const optionsOf = async (id: string | null) => {
    const { rows } = await database.admin.query(
      `select (to_jsonb(j) - '{id,created_on,keep_until,start_after}'::text[])
              || jsonb_build_object('keeps', j.keep_until - j.start_after) as job
       from pgboss.job j where id = $1`,
      [id],
    );
    return rows[0]?.job;
  };

  test('makes the job that pg-boss makes, with all the options of the queue', async () => {
    await boss.createQueue('rare-dead');
    await boss.createQueue('rare', {
      retryLimit: 7,
      retryDelay: 3,
      retryBackoff: true,
      retryDelayMax: 900,
      expireInSeconds: 77,
      retentionSeconds: 7_777,
      deleteAfterSeconds: 777,
      heartbeatSeconds: 17,
      deadLetter: 'rare-dead',
    });
    const theirs = await boss.send('rare', { to: 'amelia' });
    const ours = await enqueue(database.service, 'rare', { to: 'amelia' });
    expect(await optionsOf(ours)).toEqual(await optionsOf(theirs));
    expect(await boss.fetch('rare', { batchSize: 2 })).toHaveLength(2);
  });

  test('holds a second job with the same key back, where the queue says so', async () => {
    await boss.createQueue('once', { policy: 'short' });
    const first = await enqueue(database.service, 'once', {}, 'amelia');
    expect([first === null, await enqueue(database.service, 'once', {}, 'amelia')]).toEqual([false, null]);
    expect(await enqueue(database.service, 'once', {}, 'ben')).not.toBeNull();
  });

  test('puts a job off until its time', async () => {
    await boss.createQueue('later');
    await enqueue(database.service, 'later', {}, null, new Date(Date.now() + 3_600_000));
    expect(await boss.fetch('later')).toEqual([]);
  });

  test('is part of its transaction', async () => {
    const client = await database.service.connect();
    try {
      await client.query('begin');
      const id = await enqueue(client, 'rare');
      await client.query('rollback');
      expect(await optionsOf(id)).toBeUndefined();
    } finally {
      client.release();
    }
  });

  test('refuses a queue that does not exist', async () => {
    await expect(enqueue(database.service, 'nowhere')).rejects.toThrow('There is no queue nowhere.');
  });

  test.each(['amelia', 'priya', 'tomas'] as const)('is not for callers: %s', async (who) => {
    await expect(database.asUser(who, (client) => enqueue(client, 'rare'))).rejects.toThrow('permission denied');
  });
});
