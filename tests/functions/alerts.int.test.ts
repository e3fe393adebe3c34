import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { only } from '../src/arrange.ts';
import { createTestDatabase, type PersonaName, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';
import { rest } from '../src/rest.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

type Raised = { id: string; is_new: boolean };
type Alert = Record<string, unknown>;

const raise = async (key: string, severity = 'warning', details: object = {}) =>
  only(
    await database.service.query<Raised>('select * from app.raise_alert($1, $2, $3, $4, $5)', [
      key,
      severity,
      'The queue stands still',
      details,
      'docs/runbooks/queue.md',
    ]),
  );
const alertOf = async (id: string) =>
  only(await database.admin.query<Alert>('select * from app.alerts where id = $1', [id]));
const call = (who: PersonaName, what: 'acknowledge' | 'resolve', id: string, note: string | null = 'I look at it') =>
  database.asUser(who, (client) => client.query(`select api.${what}_alert($1, $2)`, [id, note]), { keep: true });
const clear = async (key: string) =>
  only(await database.service.query<{ cleared: boolean }>('select app.clear_alert($1) as cleared', [key])).cleared;
const escalate = async () =>
  only(await database.service.query<{ count: number }>('select app.escalate_alerts() as count')).count;
const toldOf = async (id: string, kind: string) =>
  (
    await database.admin.query<{ who: string }>(
      `select coalesce(p.role, d.destination) as who
       from app.notifications n
       left join app.profiles p on p.id = n.profile_id
       left join app.notification_deliveries d on d.notification_id = n.id and d.channel = 'slack'
       where n.kind = $2 and n.variables ->> 'alertId' = $1 order by 1`,
      [id, kind],
    )
  ).rows.map((row) => row.who);

describe('alerts', () => {
  test('of many that raise the same at one moment one opens it, and the others are counted', async () => {
    const raised = await Promise.all(Array.from({ length: 12 }, () => raise('at-once')));
    expect(new Set(raised.map(({ id }) => id)).size).toBe(1);
    expect(raised.filter(({ is_new }) => is_new)).toHaveLength(1);
    const { rows } = await database.admin.query(`select occurrences, state from app.alerts where key = 'at-once'`);
    expect(rows).toEqual([{ occurrences: 12, state: 'firing' }]);
  });

  test('what is raised after it was resolved is another alert', async () => {
    const first = await raise('again');
    await call('tomas', 'resolve', first.id);
    const second = await raise('again');
    expect(second).toMatchObject({ is_new: true });
    expect(second.id).not.toBe(first.id);
  });

  test('who acknowledged and resolved it, when and with which note, stands in the alert and in the audit log', async () => {
    const { id } = await raise('workflow', 'critical');
    await call('tomas', 'acknowledge', id, '  I look at it  ');
    await call('priya', 'resolve', id, 'It was the disk');
    const { rows } = await database.admin.query(
      `select e.action, e.reason, p.subject, e.actor_role, e.after ->> 'key' as key
       from audit.entries e join app.profiles p on p.id = e.actor_profile_id
       where e.object_type = 'alert' and e.object_id = $1 order by e.occurred_at`,
      [id],
    );
    expect(rows).toEqual([
      {
        action: 'alert.acknowledged',
        reason: 'I look at it',
        subject: 'user_tomas_reid',
        actor_role: 'mm_operator',
        key: 'workflow',
      },
      {
        action: 'alert.resolved',
        reason: 'It was the disk',
        subject: 'user_priya_nair',
        actor_role: 'mm_admin',
        key: 'workflow',
      },
    ]);
    expect(await alertOf(id)).toMatchObject({
      state: 'resolved',
      acknowledge_note: 'I look at it',
      resolve_note: 'It was the disk',
    });
  });

  test('one that gets worse fires anew and escalates in 15 minutes; one that gets milder stays as grave as it was', async () => {
    const { id } = await raise('worse', 'warning');
    expect(await alertOf(id)).toMatchObject({ escalates_at: null });
    await call('tomas', 'acknowledge', id);
    await raise('worse', 'info');
    expect(await alertOf(id)).toMatchObject({ state: 'acknowledged', severity: 'warning', occurrences: 2 });
    await raise('worse', 'critical');
    expect(await alertOf(id)).toMatchObject({
      state: 'firing',
      severity: 'critical',
      acknowledged_by: null,
      acknowledge_note: null,
    });
    const { rows } = await database.admin.query(
      `select escalates_at - last_raised_at = interval '15 minutes' as in_time from app.alerts where id = $1`,
      [id],
    );
    expect(rows).toEqual([{ in_time: true }]);
  });

  test('a critical one that nobody acknowledged in time is escalated once, to operations and to the team', async () => {
    const { id } = await raise('forgotten', 'critical');
    const { id: taken } = await raise('taken', 'critical');
    const { id: fresh } = await raise('fresh', 'critical');
    await call('tomas', 'acknowledge', taken);
    await database.admin.query(`update app.alerts set escalates_at = now() - interval '1 second' where id = any ($1)`, [
      [id, taken],
    ]);
    expect(await escalate()).toBe(1);
    expect(await escalate()).toBe(0);
    expect((await alertOf(id)).escalated_at).not.toBeNull();
    expect((await alertOf(fresh)).escalated_at).toBeNull();
    expect(await toldOf(id, 'alert.escalated')).toEqual(['admin', 'operator', 'platform']);
    expect(await toldOf(taken, 'alert.escalated')).toEqual([]);
  });

  test('operations are told when it opens and when it gets worse, once each; of an info nobody is', async () => {
    const { id } = await raise('told', 'warning');
    await raise('told', 'warning');
    expect(await toldOf(id, 'alert.raised')).toEqual(['admin', 'operator', 'platform']);
    await raise('told', 'critical');
    expect(await toldOf(id, 'alert.raised')).toHaveLength(6);
    const { id: quiet } = await raise('quiet', 'info');
    expect(await toldOf(quiet, 'alert.raised')).toEqual([]);
  });

  test('a condition that ends by itself resolves it, by nobody', async () => {
    const { id } = await raise('passing');
    expect(await clear('passing')).toBe(true);
    expect(await alertOf(id)).toMatchObject({ state: 'resolved', resolved_by: null });
    expect(await clear('passing')).toBe(false);
  });

  test('details are scrubbed, and what is no small object is replaced', async () => {
    const { id } = await raise('scrubbed', 'warning', { who: 'amelia.hart@example.com', secret: 'abc', count: 3 });
    expect((await alertOf(id)).details).toEqual({ who: '[email]', secret: '[removed]', count: 3 });
    await raise('scrubbed', 'warning', { lines: Array.from({ length: 40 }, () => 'a line '.repeat(100)) });
    expect((await alertOf(id)).details).toEqual({ removed: 'too large' });
  });

  test('a wrong severity, key, title and runbook are refused at their fields', async () => {
    const wrong = database.service.query(`select app.raise_alert('no spaces', 'fatal', ' ', '{}', '')`);
    expect((await refusalOf(wrong)).fields.map(({ pointer }) => pointer)).toEqual([
      '#/key',
      '#/severity',
      '#/title',
      '#/runbook',
    ]);
  });

  test.each(['amelia', 'helen', 'grace'] as const)('%s neither reads nor moves an alert', async (who) => {
    const { id } = await raise('closed');
    await expect(database.asUser(who, (client) => client.query('select from api.alerts'))).rejects.toMatchObject({
      code: '42501',
    });
    await expect(call(who, 'acknowledge', id)).rejects.toMatchObject({ code: '42501' });
    await expect(call(who, 'resolve', id)).rejects.toMatchObject({ code: '42501' });
  });

  test('the workflow goes through PostgREST, with stable codes', async () => {
    const { id } = await raise('by-rest', 'critical');
    const postgrest = await database.startPostgrest();
    try {
      const acknowledge = () =>
        rest(postgrest, 'tomas', '/rpc/acknowledge_alert', {
          method: 'POST',
          body: { alert_id: id, note: 'I look at it' },
        });
      expect(await acknowledge()).toMatchObject({ status: 200, body: { id, state: 'acknowledged' } });
      expect(await acknowledge()).toMatchObject({ status: 409, body: { hint: 'alert.acknowledged' } });
      expect(await rest(postgrest, 'tomas', `/alerts?id=eq.${id}&select=state,severity`)).toMatchObject({
        status: 200,
        body: [{ state: 'acknowledged', severity: 'critical' }],
      });
    } finally {
      await postgrest.close();
    }
  });

  test('a year after it was resolved an alert goes; one that is open stays', async () => {
    const { id } = await raise('old');
    const { id: open } = await raise('old-and-open');
    const client = await database.admin.connect();
    try {
      await client.query(`set session_replication_role = 'replica'`);
      await client.query(
        `update app.alerts set opened_at = now() - interval '400 days', last_raised_at = now() - interval '400 days' where id = any ($1)`,
        [[id, open]],
      );
      await client.query(
        `update app.alerts set state = 'resolved', resolved_at = now() - interval '366 days', resolve_note = 'Over' where id = $1`,
        [id],
      );
    } finally {
      await client.query('reset session_replication_role');
      client.release();
    }
    const preview = await database.asUser(
      'helen',
      async (user) =>
        (await user.query<{ row_count: string }>(`select row_count from api.preview_retention('alerts', 365)`)).rows,
    );
    expect(preview).toEqual([{ row_count: '1' }]);
    await database.service.query('select app.apply_retention()');
    const { rows } = await database.admin.query('select id from app.alerts where id = any ($1)', [[id, open]]);
    expect(rows).toEqual([{ id: open }]);
    const { rows: gone } = await database.admin.query(
      `select row_count, keep_days from app.dropped_months where table_name = 'alerts'`,
    );
    expect(gone).toEqual([{ row_count: '1', keep_days: 365 }]);
  });
});
