import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { only } from '../src/arrange.ts';
import { claimsOf, createTestDatabase, type PersonaName, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.admin.query(
    `delete from app.feature_flags where id like 'TEST_%'; delete from app.webhook_events; delete from app.webhook_receipts`,
  );
  await database.admin.query(
    `update app.feature_flags set is_enabled = true, rollout_percent = 100 where id = 'MUX_WEBHOOK_DLQ_ENABLED'`,
  );
});
afterAll(() => database?.close());

const dlq = 'MUX_WEBHOOK_DLQ_ENABLED';
const make = (id: string, settings: { enabled?: boolean; percent?: number; roles?: string[] } = {}) =>
  database.admin.query(
    `insert into app.feature_flags (id, description, applies_to, is_enabled, rollout_percent, roles) values ($1, 'A test', 'people', $2, $3, $4)`,
    [id, settings.enabled ?? true, settings.percent ?? 100, settings.roles ?? []],
  );
const isOn = async (flag: string, subject: string | null = null, role: string | null = null) =>
  only(
    await database.service.query<{ is_on: boolean }>('select app.flag_enabled($1, $2, $3) as is_on', [
      flag,
      subject,
      role,
    ]),
  ).is_on;
const version = async (flag: string) =>
  only(await database.admin.query<{ version: number }>('select version from app.feature_flags where id = $1', [flag]))
    .version;
const change = (
  who: PersonaName,
  flag: string,
  seen: number | null,
  { enabled = true, percent = 100, roles = [] as string[], reason = 'Staging first', fva = [0, -1] } = {},
) =>
  database.asUser(
    // A session of its own, so that no confirmation is used up by another change.
    claimsOf(who, { sid: randomUUID(), fva }),
    (client) =>
      client.query('select * from api.change_feature_flag($1, $2, $3, $4, $5, $6)', [
        flag,
        enabled,
        percent,
        reason,
        seen,
        roles,
      ]),
    { keep: true },
  );
const subjectsOf = async (flag: string) =>
  (
    await database.admin.query<{ n: number }>(
      `select n from generate_series(1, 2000) n where app.flag_enabled($1, 'subject-' || n) order by n`,
      [flag],
    )
  ).rows.map(({ n }) => n);

describe('feature flags', () => {
  test('a flag that does not exist or is off is off for everybody', async () => {
    await make('TEST_OFF', { enabled: false });
    expect(await isOn('NO_SUCH_FLAG', 'somebody')).toBe(false);
    expect(await isOn('TEST_OFF', 'somebody')).toBe(false);
    expect(await isOn('TEST_OFF')).toBe(false);
  });

  test('a roll-out meets about its share, the same ones every time, and whoever had it keeps it when it grows', async () => {
    await make('TEST_ROLLOUT', { percent: 20 });
    const few = await subjectsOf('TEST_ROLLOUT');
    expect(few.length).toBeGreaterThan(300);
    expect(few.length).toBeLessThan(500);
    expect(await subjectsOf('TEST_ROLLOUT')).toEqual(few);
    await database.admin.query(`update app.feature_flags set rollout_percent = 60 where id = 'TEST_ROLLOUT'`);
    const more = await subjectsOf('TEST_ROLLOUT');
    expect(few.filter((n) => !more.includes(n))).toEqual([]);
    expect(more.length).toBeGreaterThan(1_050);
    await make('TEST_OTHER', { percent: 20 });
    expect(await subjectsOf('TEST_OTHER')).not.toEqual(few);
  });

  test('at 0 % nobody has it, at 100 % everybody, and without a subject only what everybody has is on', async () => {
    await make('TEST_EDGES', { percent: 0 });
    expect(await subjectsOf('TEST_EDGES')).toEqual([]);
    await database.admin.query(`update app.feature_flags set rollout_percent = 99 where id = 'TEST_EDGES'`);
    expect(await isOn('TEST_EDGES')).toBe(false);
    await database.admin.query(`update app.feature_flags set rollout_percent = 100 where id = 'TEST_EDGES'`);
    expect(await subjectsOf('TEST_EDGES')).toHaveLength(2_000);
    expect(await isOn('TEST_EDGES')).toBe(true);
  });

  test('a flag for a role is on for that role only, and everybody sees which are on for them', async () => {
    await make('TEST_ROLES', { roles: ['coach'] });
    expect(await isOn('TEST_ROLES', 'somebody', 'coach')).toBe(true);
    expect(await isOn('TEST_ROLES', 'somebody', 'admin')).toBe(false);
    expect(await isOn('TEST_ROLES', 'somebody')).toBe(false);
    const mine = (who: PersonaName) =>
      database.asUser(who, async (client) => (await client.query('select * from api.my_feature_flags()')).rows);
    expect(await mine('amelia')).toEqual([{ id: 'TEST_ROLES', is_on: true }]);
    expect(await mine('grace')).toEqual([{ id: 'TEST_ROLES', is_on: false }]);
  });

  test('operators and admins change a flag with a reason, which is one entry of the audit log with what was before', async () => {
    const seen = await version(dlq);
    const { rows } = await change('tomas', dlq, seen, { enabled: false, percent: 50, reason: ' Staging first ' });
    expect(rows).toEqual([{ id: dlq, new_version: seen + 1 }]);
    const { rows: entries } = await database.admin.query(
      `select e.before, e.after - 'reason' as after, e.reason, p.subject from audit.entries e
       join app.profiles p on p.id = e.actor_profile_id
       where e.action = 'feature_flag.changed' and e.object_id = $1`,
      [dlq],
    );
    expect(entries).toMatchObject([
      {
        before: { is_enabled: true, rollout_percent: 100 },
        after: { is_enabled: false, rollout_percent: 50 },
        reason: 'Staging first',
        subject: 'user_tomas_reid',
      },
    ]);
    await change('priya', dlq, seen + 1);
  });

  test('a change needs a fresh confirmation, and what is refused for another reason leaves it unused', async () => {
    const seen = await version(dlq);
    expect(await refusalOf(change('tomas', dlq, seen, { fva: [11, -1] }))).toMatchObject({
      status: 403,
      code: 'auth.step_up_required',
    });
    expect(await refusalOf(change('tomas', dlq, seen + 1, { fva: [11, -1] }))).toMatchObject({
      status: 409,
      code: 'flag.version_changed',
    });
    expect(await version(dlq)).toBe(seen);
  });

  test('of two who change the same version at one moment the second is refused', async () => {
    const seen = await version(dlq);
    const results = await Promise.allSettled([
      change('tomas', dlq, seen, { percent: 10 }),
      change('priya', dlq, seen, { percent: 20 }),
    ]);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(await refusalOf(Promise.reject(refused[0]?.reason))).toMatchObject({
      status: 409,
      code: 'flag.version_changed',
    });
    expect(await version(dlq)).toBe(seen + 1);
  });

  test('wrong settings are refused at their fields, all at once', async () => {
    const wrong = change('tomas', dlq, 1, { percent: 101, roles: ['coach'], reason: '' });
    expect((await refusalOf(wrong)).fields.map(({ pointer }) => pointer)).toEqual([
      '#/rollout_percent',
      '#/roles',
      '#/reason',
    ]);
  });

  test('a preview counts the people by role for whom it is on, and would be, and changes nothing', async () => {
    await make('TEST_PREVIEW', { enabled: false });
    const preview = async (percent: number, roles: string[]) =>
      database.asUser(
        'tomas',
        async (client) =>
          (
            await client.query('select * from api.preview_feature_flag($1, true, $2, $3)', [
              'TEST_PREVIEW',
              percent,
              roles,
            ])
          ).rows,
      );
    expect(await preview(100, ['coach', 'auditor'])).toEqual([
      { subjects: 'admin', subject_count: '1', on_now: '0', on_then: '0' },
      { subjects: 'auditor', subject_count: '1', on_now: '0', on_then: '1' },
      { subjects: 'coach', subject_count: '2', on_now: '0', on_then: '2' },
      { subjects: 'compliance', subject_count: '1', on_now: '0', on_then: '0' },
      { subjects: 'operator', subject_count: '1', on_now: '0', on_then: '0' },
    ]);
    expect(await version('TEST_PREVIEW')).toBe(1);
    // What was promised is what happens.
    await change('tomas', 'TEST_PREVIEW', 1, { percent: 40 });
    const promised = (await preview(40, [])) as { on_now: string; on_then: string }[];
    expect(promised.map(({ on_now }) => on_now)).toEqual(promised.map(({ on_then }) => on_then));
  });

  test.each(['amelia', 'helen', 'grace'] as const)('%s changes and previews no flag', async (who) => {
    await expect(change(who, dlq, 1)).rejects.toMatchObject({ code: '42501' });
    await expect(
      database.asUser(who, (client) => client.query('select api.preview_feature_flag($1, true, 1)', [dlq])),
    ).rejects.toMatchObject({ code: '42501' });
  });
});

describe(dlq, () => {
  const arrange = async (event: string, attempts: number, provider = 'mux') =>
    only(
      await database.admin.query<{ id: string }>(
        `insert into app.webhook_events (provider, event_id, type, body, signed_at, attempts)
         values ($3, $1, 'video.asset.ready', '{}', now(), $2) returning id`,
        [event, attempts, provider],
      ),
    ).id;
  const fail = async (id: string) =>
    only(
      await database.service.query<{ state: string; attempts: number; minutes: string }>(
        `select state, attempts, extract(epoch from next_attempt_at - now()) / 60 as minutes from app.fail_webhook_event($1, 'broken')`,
        [id],
      ),
    );

  test('on: an event that failed five times is dead', async () => {
    expect(await fail(await arrange('event-on', 4))).toMatchObject({ state: 'dead', attempts: 5 });
  });

  test('off: it goes on being tried, 15 minutes apart, however often it failed', async () => {
    await change('tomas', dlq, await version(dlq), { enabled: false });
    expect(await fail(await arrange('event-off', 4))).toMatchObject({ state: 'received', attempts: 5 });
    const worn = await fail(await arrange('event-worn', 100_000));
    expect(worn).toMatchObject({ state: 'received', attempts: 100_001 });
    expect(Number(worn.minutes)).toBe(15);
  });

  test('off: events of the other providers are laid aside all the same', async () => {
    await change('tomas', dlq, await version(dlq), { enabled: false });
    expect(await fail(await arrange('event-clerk', 4, 'clerk'))).toMatchObject({ state: 'dead' });
  });

  test('partly on: the events that a preview counts are the ones that die', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 40; i += 1) ids.push(await arrange(`event-${i}`, 4));
    const preview = only(
      await database.asUser('tomas', (client) =>
        client.query<{ subject_count: string; on_now: string; on_then: string }>(
          'select subject_count, on_now, on_then from api.preview_feature_flag($1, true, 50)',
          [dlq],
        ),
      ),
    );
    expect(preview).toMatchObject({ subject_count: '40', on_now: '40' });
    await change('tomas', dlq, await version(dlq), { percent: 50 });
    const states = await Promise.all(ids.map(fail));
    expect(states.filter(({ state }) => state === 'dead')).toHaveLength(Number(preview.on_then));
    expect(Number(preview.on_then)).toBeGreaterThan(5);
    expect(Number(preview.on_then)).toBeLessThan(35);
  });
});
