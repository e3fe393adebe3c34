import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { only } from '../src/arrange.ts';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

const monthly = [
  'app.playback_decisions',
  'app.playback_events',
  'app.webhook_events',
  'app.webhook_attempts',
  'app.error_events',
  'audit.entries',
  'audit.disclosures',
  'audit.leaves',
];

const monthsOf = async (table: string): Promise<string[]> =>
  (
    await database.admin.query<{ bounds: string }>(
      `select pg_get_expr(c.relpartbound, c.oid) as bounds from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = $1::regclass order by 1`,
      [table],
    )
  ).rows.map((row) => row.bounds);

describe('months', () => {
  test.each(monthly)('%s has this month and the next three, and no default partition', async (table) => {
    const months = await monthsOf(table);
    expect(months).toHaveLength(4);
    expect(months.join()).not.toContain('DEFAULT');
    const { rows } = await database.admin.query<{ covered: boolean }>(
      `select bool_and(to_regclass(format('app_months.%I', $1 || to_char(m at time zone 'UTC', '_YYYY_MM'))) is not null) as covered
       from generate_series(now(), now() + interval '3 months', '1 month') m`,
      [table.split('.')[1]],
    );
    expect(rows).toEqual([{ covered: true }]);
  });

  test('months are made once, also when two ask at the same moment', async () => {
    const made = await Promise.all(
      [1, 2].map(async () =>
        only(
          await database.service.query<{ made: number }>('select app.ensure_months(ahead => 5, behind => 1) as made'),
        ),
      ),
    );
    expect(made.map((row) => row.made).sort()).toEqual([0, monthly.length * 3]);
    for (const table of monthly) expect(await monthsOf(table)).toHaveLength(7);
  });

  test('a row whose month is missing is refused, never kept where nobody looks for it', async () => {
    const insert = database.admin.query(
      `insert into app.playback_decisions (kind, allowed, rule, decided_at)
       values ('share', false, 'play.unknown_link', now() + interval '2 years')`,
    );
    await expect(insert).rejects.toMatchObject({ code: '23514' });
  });

  test('an event of last month that comes again is a duplicate', async () => {
    const receive = async () =>
      only(
        await database.service.query<{ id: string; is_duplicate: boolean }>(
          `select id, is_duplicate from app.receive_webhook('mux', 'over-the-month', 'video.asset.noticed', null, '{}', now(), false)`,
        ),
      );
    const first = await receive();
    const client = await database.admin.connect();
    try {
      // As time would have it: no trigger, because what was received never changes otherwise.
      await client.query(`set session_replication_role = 'replica'`);
      await client.query(`update app.webhook_events set received_at = received_at - interval '1 month' where id = $1`, [
        first.id,
      ]);
    } finally {
      await client.query('reset session_replication_role');
      client.release();
    }
    expect(await receive()).toEqual({ id: first.id, is_duplicate: true });
    const { rows } = await database.admin.query('select id from app.webhook_events where event_id = $1', [
      'over-the-month',
    ]);
    expect(rows).toEqual([{ id: first.id }]);
    expect(only(await database.service.query('select app.fold_webhook_event($1) as outcome', [first.id]))).toEqual({
      outcome: 'ignored',
    });
  });

  test('of many deliveries of one event at the same moment exactly one is stored', async () => {
    const deliveries = await Promise.all(
      Array.from({ length: 8 }, async () =>
        only(
          await database.service.query<{ id: string; is_duplicate: boolean }>(
            `select id, is_duplicate from app.receive_webhook('mux', 'at-once', 'video.asset.ready', null, '{}', now(), false)`,
          ),
        ),
      ),
    );
    expect(new Set(deliveries.map((delivery) => delivery.id)).size).toBe(1);
    expect(deliveries.filter((delivery) => !delivery.is_duplicate)).toHaveLength(1);
  });
});
