import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrangeShare, arrangeVideo, only, profileOf } from '../src/arrange.ts';
import { createTestDatabase, type PersonaName, personas, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  // Months back to fourteen months ago, with a decision in each.
  await database.admin.query('select app.ensure_months(behind => 14)');
  await database.admin.query(
    `insert into app.playback_decisions (kind, allowed, rule, coach_id, decided_at)
     select 'share', false, 'play.expired', (select id from app.profiles where subject = 'user_ben_okafor'),
            date_trunc('month', now(), 'UTC') - make_interval(months => i) + interval '1 day'
     from generate_series(0, 14) i`,
  );
});
afterAll(() => database?.close());

const ages = async (): Promise<number[]> =>
  (
    await database.admin.query<{ age: number }>(
      `select distinct (12 * extract(year from age(date_trunc('month', now(), 'UTC'), date_trunc('month', decided_at, 'UTC')))
              + extract(month from age(date_trunc('month', now(), 'UTC'), date_trunc('month', decided_at, 'UTC'))))::integer as age
       from app.playback_decisions order by 1`,
    )
  ).rows.map((row) => row.age);

const apply = async () =>
  only(await database.service.query<{ dropped: number }>('select app.apply_retention() as dropped')).dropped;

const change = (who: PersonaName, table: string | null, days: number | null, reason: string | null) =>
  database.asUser(
    who,
    async (client) => only(await client.query('select * from api.change_retention($1, $2, $3)', [table, days, reason])),
    { keep: true },
  );
const preview = (who: PersonaName, table: string, days: number) =>
  database.asUser(
    who,
    async (client) =>
      (
        await client.query<{ row_count: string; is_held: boolean }>('select * from api.preview_retention($1, $2)', [
          table,
          days,
        ])
      ).rows,
  );

describe('retention', () => {
  test('a month of a coach under a legal hold stays; once the hold is lifted, every expired month goes, and no other', async () => {
    const place = await database.asUser(
      'helen',
      async (client) =>
        only(
          await client.query<{ id: string }>('select id from api.place_hold($1, $2)', [
            await profileOf(database, personas.ben.subject),
            'Court order',
          ]),
        ),
      { keep: true },
    );
    // Of the fourteen months back, the last two ended more than 365 days ago, whatever day it is.
    const before = await preview('helen', 'playback_decisions', 365);
    expect(before.map(({ row_count, is_held }) => ({ row_count, is_held }))).toEqual(
      before.map(() => ({ row_count: '1', is_held: true })),
    );
    expect(before.length).toBeGreaterThanOrEqual(1);
    await apply();
    expect(await ages()).toEqual(Array.from({ length: 15 }, (_, age) => age));

    await database.asUser(
      'helen',
      (client) => client.query('select api.lift_hold($1, $2)', [place.id, 'Case closed']),
      {
        keep: true,
      },
    );
    expect(await apply()).toBe(before.length);
    expect(await ages()).toEqual(Array.from({ length: 15 - before.length }, (_, age) => age));
    const { rows } = await database.asUser('grace', (client) =>
      client.query(`select row_count, keep_days from api.dropped_months where table_name = 'playback_decisions'`),
    );
    expect(rows).toEqual(before.map(() => ({ row_count: '1', keep_days: 365 })));
    expect(await apply()).toBe(0);
  });

  test('compliance staff change it with a reason, which is an entry of the audit log; the next run applies it', async () => {
    expect(await change('helen', 'playback_decisions', 70, ' Asked by the regulator ')).toMatchObject({
      kept_days: 70,
    });
    const { rows } = await database.admin.query(
      `select before ->> 'keep_days' as before, after ->> 'keep_days' as after, reason from audit.entries
       where action = 'retention_policy.changed' and object_id = 'playback_decisions'`,
    );
    expect(rows).toEqual([{ before: '365', after: '70', reason: 'Asked by the regulator' }]);
    const gone = await preview('helen', 'playback_decisions', 70);
    expect(gone.length).toBeGreaterThan(5);
    expect(await apply()).toBe(gone.length);
    expect(Math.max(...(await ages()))).toBeLessThanOrEqual(3);
  });

  test('this month is never removed, however short rows are kept', async () => {
    await change('helen', 'playback_decisions', 1, 'As short as can be');
    await apply();
    expect(await ages()).toContain(0);
  });

  test('claimed views go a month after the events of their time, and stay while their coach is under a legal hold', async () => {
    const { videoId } = await arrangeVideo(database, 'amelia');
    const share = await arrangeShare(database, 'amelia', videoId);
    await database.admin.query(
      `insert into app.share_views (share_token_id, view_no, session_id, coach_id, claimed_at)
       select t.id, v.no, uuidv7(), t.coach_id, now() - make_interval(days => v.days)
       from app.share_tokens t, (values (1, 397), (2, 395)) v (no, days) where t.id = $1`,
      [share.id],
    );
    const left = async () =>
      (
        await database.admin.query<{ view_no: number }>(
          'select view_no from app.share_views where share_token_id = $1 order by 1',
          [share.id],
        )
      ).rows.map(({ view_no }) => view_no);
    const amelia = await profileOf(database, personas.amelia.subject);
    const held = only(
      await database.admin.query<{ id: string }>(
        `insert into app.legal_holds (profile_id, reason, placed_by) values ($1, 'Court order', $1) returning id`,
        [amelia],
      ),
    );
    await apply();
    expect(await left()).toEqual([1, 2]);
    await database.admin.query(
      `update app.legal_holds set lifted_at = now(), lifted_by = profile_id, lift_reason = 'Over' where id = $1`,
      [held.id],
    );
    await apply();
    expect(await left()).toEqual([2]);
  });

  test('an unknown table, days out of range and a missing reason are refused at their fields', async () => {
    expect(await refusalOf(change('helen', 'videos', 0, null))).toMatchObject({
      status: 422,
      fields: [{ pointer: '#/table_name' }, { pointer: '#/keep_days' }, { pointer: '#/reason' }],
    });
    expect(await refusalOf(preview('helen', 'pg_class', 3651))).toMatchObject({
      fields: [{ pointer: '#/table_name' }, { pointer: '#/keep_days' }],
    });
  });

  test.each(['amelia', 'priya', 'tomas', 'grace'] as const)('%s changes and previews no retention', async (who) => {
    await expect(change(who, 'webhook_events', 1, 'No reason')).rejects.toMatchObject({ code: '42501' });
    await expect(preview(who, 'webhook_events', 1)).rejects.toMatchObject({ code: '42501' });
  });
});
