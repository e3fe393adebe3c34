import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { only, profileOf } from '../src/arrange.ts';
import { createTestDatabase, personas, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
/** Months, from 16 ago to this one, that ended more than 365 days ago: two at least, whatever day it is. */
let expired: number[];
beforeAll(async () => {
  database = await createTestDatabase();
  await database.admin.query('select app.ensure_months(behind => 16)');
  // Two entries in each month, the first of them Ben's, in batches of three: every other batch lies around the end of a month.
  await database.admin.query(
    `insert into audit.entries (id, xid, occurred_at, actor_role, door, action, object_type, object_id, owner_id)
     select uuidv7(make_interval(days => -n)), '3',
            date_trunc('month', now(), 'UTC') - make_interval(months => n / 2) + interval '1 day',
            'mm_service', 'worker', 'video.updated', 'video', (n / 2)::text,
            case when n % 2 = 1 then (select id from app.profiles where subject = 'user_ben_okafor') end
     from generate_series(0, 33) n`,
  );
  await database.admin.query(
    `insert into audit.disclosures (entry_id, occurred_at, side, field, salt, value, owner_id)
     select e.id, e.occurred_at, 'after', 'title', sha256('salt'), '"Squat"', e.owner_id from audit.entries e
     where e.owner_id is not null and e.xid = '3'`,
  );
  const { rows } = await database.admin.query<{ age: number }>(
    `select n as age from generate_series(0, 16) n
     where date_trunc('month', now(), 'UTC') - make_interval(months => n - 1) <= now() - interval '365 days' order by n`,
  );
  expired = rows.map(({ age }) => age);
});
afterAll(() => database?.close());

async function agesOf(table: string): Promise<number[]> {
  const { rows } = await database.admin.query<{ age: number }>(
    `select (12 * extract(year from a.age) + extract(month from a.age))::integer as age
     from app.months_of($1) m, lateral (select age(date_trunc('month', now(), 'UTC'), m.begins_at)) a (age)
     where m.begins_at <= now() order by 1`,
    [table],
  );
  return rows.map(({ age }) => age);
}

const upTo = (age: number) => Array.from({ length: age + 1 }, (_, i) => i);
const apply = () => database.service.query('select app.apply_retention()');

const sealAll = async () => {
  for (let i = 0; i < 12; i += 1) await database.service.query('select audit.seal_entries(3)');
};

/** Twelve batches hold all of them. */
const verify = async () => (await database.service.query('select * from audit.verify_batches(0, 11)')).rows;

describe('retention of the audit log', () => {
  test('a month with entries that are not sealed stays', async () => {
    await apply();
    expect(await agesOf('audit.entries')).toEqual(upTo(16));
    await sealAll();
    expect(await verify()).toEqual([]);
  });

  test('a month with entries of somebody under a legal hold stays, and is shown as held', async () => {
    const ben = await profileOf(database, personas.ben.subject);
    const hold = await database.asUser(
      'helen',
      async (client) =>
        only(await client.query<{ id: string }>('select id from api.place_hold($1, $2)', [ben, 'Court order'])),
      { keep: true },
    );
    const preview = async () =>
      (
        await database.asUser('helen', (client) =>
          client.query(`select row_count, is_held from api.preview_retention('audit_entries', 365)`),
        )
      ).rows;
    expect(await preview()).toEqual(expired.map(() => ({ row_count: '2', is_held: true })));
    await apply();
    expect(await agesOf('audit.entries')).toEqual(upTo(16));
    await database.asUser('helen', (client) => client.query('select api.lift_hold($1, $2)', [hold.id, 'Closed']), {
      keep: true,
    });
    expect(await preview()).toEqual(expired.map(() => ({ row_count: '2', is_held: false })));
  });

  test('expired months of entries and personal values go; leaves stay a month longer, and the rest still verifies', async () => {
    expect(expired.length).toBeGreaterThanOrEqual(2);
    await apply();
    const youngest = Math.min(...expired);
    expect(await agesOf('audit.entries')).toEqual(upTo(youngest - 1));
    expect(await agesOf('audit.disclosures')).toEqual(upTo(youngest - 1));
    expect(await agesOf('audit.leaves')).toEqual(upTo(youngest));
    expect(await verify()).toEqual([]);
  });

  test('what went is on record, with the last batch that lost leaves', async () => {
    const { rows } = await database.asUser('grace', (client) =>
      client.query<{ table_name: string; row_count: string; last_batch_no: string | null }>(
        `select table_name, row_count, last_batch_no from app.dropped_months order by table_name, month_begins_at`,
      ),
    );
    const gone = (table: string) => rows.filter((row) => row.table_name === table);
    expect(gone('audit_entries').map((row) => row.row_count)).toEqual(expired.map(() => '2'));
    expect(gone('audit_disclosures').map((row) => row.row_count)).toEqual(expired.map(() => '1'));
    const leaves = gone('audit_leaves');
    expect(leaves.map((row) => row.row_count)).toEqual(expired.slice(1).map(() => '2'));
    // Entries were sealed from the oldest on, three at a time: the two of the n-th month end in this batch.
    expect(leaves.map((row) => row.last_batch_no)).toEqual(
      expired.slice(1).map((_, n) => String(Math.floor((2 * n + 1) / 3))),
    );
  });

  test('a month that somebody drops without that record is found', async () => {
    const client = await database.admin.connect();
    try {
      await client.query('begin');
      const oldest = only(
        await client.query<{ month: string }>(
          `select m.month from app.months_of('audit.entries') m order by m.begins_at limit 1`,
        ),
      );
      await client.query(`drop table ${oldest.month}`);
      expect((await client.query('select fault from audit.verify_batches(0, 11)')).rows).toEqual([
        { fault: 'entry_missing' },
      ]);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  test('the log is kept for 365 days at least', async () => {
    const change = (days: number) =>
      database.asUser('helen', (client) =>
        client.query(`select * from api.change_retention('audit_entries', $1, 'Ruling of the regulator')`, [days]),
      );
    expect(await refusalOf(change(364))).toMatchObject({ status: 422, fields: [{ pointer: '#/keep_days' }] });
    await change(400);
  });
});
