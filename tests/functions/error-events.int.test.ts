import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { only, profileOf } from '../src/arrange.ts';
import { createTestDatabase, type PersonaName, personas, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

type Recorded = { group_id: string; event_count: string; is_stored: boolean };
type Report = {
  environment?: string | null;
  severity?: string | null;
  code?: string | null;
  message?: string | null;
  stack?: string | null;
  context?: unknown;
  fingerprint?: string | null;
  requestId?: string | null;
  profileId?: string | null;
};

const record = async (report: Report) =>
  only(
    await database.service.query<Recorded>('select * from app.record_error_event($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
      report.environment === undefined ? 'production' : report.environment,
      report.severity === undefined ? 'error' : report.severity,
      report.code === undefined ? 'service.failed' : report.code,
      report.message === undefined ? 'It failed' : report.message,
      report.stack ?? null,
      report.context === undefined ? null : JSON.stringify(report.context),
      report.fingerprint ?? null,
      report.requestId ?? null,
      report.profileId ?? null,
    ]),
  );
const groupOf = async (id: string) =>
  only(await database.admin.query('select * from app.error_groups where id = $1', [id]));
const eventsOf = async (id: string) =>
  (await database.admin.query('select * from app.error_events where group_id = $1 order by occurred_at', [id])).rows;
const acknowledge = (who: PersonaName, id: string, note: string | null = 'Known since May') =>
  database.asUser(who, (client) => client.query('select api.acknowledge_error($1, $2)', [id, note]), { keep: true });

describe('errors', () => {
  test('errors that differ in ids and numbers only are the same fault; other code, message, place or environment is another', async () => {
    const stack = (line: number) => `Error: x\n    at fold (file:///srv/api/src/jobs/fold.ts:${line}:7)\n    at run`;
    const first = await record({
      message: 'Asset 17 of 01900000-0000-7000-8000-000000000000 is gone',
      stack: stack(10),
    });
    const second = await record({
      message: 'Asset 99 of 01900000-0000-7000-8000-0000000000ff is gone',
      stack: stack(12),
    });
    expect(second).toMatchObject({ group_id: first.group_id, event_count: '2' });
    const message = 'Asset 17 of 01900000-0000-7000-8000-000000000000 is gone';
    const others = await Promise.all([
      record({ message, stack: stack(10), code: 'service.other' }),
      record({ message: 'Asset 17 is late', stack: stack(10) }),
      record({ message, stack: 'Error: x\n    at other (file:///srv/api/src/other.ts:1:1)' }),
      record({ message, stack: stack(10), environment: 'staging' }),
    ]);
    expect(new Set([first.group_id, ...others.map(({ group_id }) => group_id)]).size).toBe(5);
  });

  test('of many at one moment all are counted and at most twenty an hour are kept in full', async () => {
    const recorded = await Promise.all(Array.from({ length: 30 }, () => record({ fingerprint: 'storm' })));
    expect(recorded.filter(({ is_stored }) => is_stored)).toHaveLength(20);
    const [one] = recorded;
    expect(await groupOf(one?.group_id ?? '')).toMatchObject({ event_count: '30' });
    expect(await eventsOf(one?.group_id ?? '')).toHaveLength(20);
  });

  test('nothing personal and no secret is written down', async () => {
    const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c2VyIn0.c2lnbmF0dXJlLW9mLXRva2Vu';
    const secrets = [
      token,
      'amelia.hart@example.com',
      'pa55word',
      'hunter2',
      '203.0.113.9',
      '2001:db8::ff00:42:8329',
      'S3cr3tFragment',
      'q'.repeat(43),
    ];
    const { group_id } = await record({
      fingerprint: 'scrubbed',
      message: `amelia.hart@example.com from 203.0.113.9 or 2001:db8:0:0::ff00:42:8329 sent Bearer ${token}`,
      stack: `Error: postgres://mm_service:pa55word@db:5432/mm\n at x (https://example.com/s/abc#S3cr3tFragment) password=hunter2 ${'q'.repeat(43)}`,
      context: {
        url: 'https://example.com/s/abc#S3cr3tFragment',
        user: { email: 'amelia.hart@example.com', display_name: 'Amelia Hart', role: 'coach' },
        headers: [{ authorization: `Bearer ${token}` }, { cookie: 'hunter2' }],
        note: `write to amelia.hart@example.com`,
        attempts: 3,
        nested: { a: { b: { c: { d: { e: { f: { g: 'deep' } } } } } } },
      },
    });
    const written = JSON.stringify([await groupOf(group_id), await eventsOf(group_id)]);
    for (const secret of [...secrets.filter((text) => !text.includes('::')), 'ff00:42', 'Amelia Hart'])
      expect(written).not.toContain(secret);
    const [event] = await eventsOf(group_id);
    expect(event?.context).toMatchObject({
      user: { email: '[removed]', display_name: '[removed]', role: 'coach' },
      headers: [{ authorization: '[removed]' }, { cookie: '[removed]' }],
      note: 'write to [email]',
      attempts: 3,
    });
    expect(JSON.stringify(event?.context)).toContain('[too deep]');
    expect(event?.message).toBe('[email] from [address] or [address] sent Bearer [token]');
  });

  test('what is ordinary stays readable', async () => {
    const stack = 'TypeError: x is undefined\n    at fold (file:///srv/api/src/jobs/fold-webhook-events.ts:12:34)';
    const { group_id } = await record({
      fingerprint: 'ordinary',
      message: 'relation "app.videos" does not exist at 12:30:15 (42P01)',
      stack,
      requestId: 'request-1',
      profileId: await profileOf(database, personas.amelia.subject),
    });
    const [event] = await eventsOf(group_id);
    expect(event).toMatchObject({
      message: 'relation "app.videos" does not exist at 12:30:15 (42P01)',
      stack,
      request_id: 'request-1',
      context: null,
    });
  });

  test('a severity only grows, and a critical error raises one alert', async () => {
    const { group_id } = await record({ fingerprint: 'grave', severity: 'warning' });
    await record({ fingerprint: 'grave', severity: 'critical' });
    await record({ fingerprint: 'grave', severity: 'critical' });
    await record({ fingerprint: 'grave', severity: 'error' });
    expect(await groupOf(group_id)).toMatchObject({ severity: 'critical', event_count: '4' });
    const { rows } = await database.admin.query(
      `select severity, occurrences, details ->> 'errorGroupId' as id from app.alerts where key = $1`,
      [`error:${group_id}`],
    );
    expect(rows).toEqual([{ severity: 'critical', occurrences: 2, id: group_id }]);
  });

  test('whatever is reported is recorded, never refused', async () => {
    const text = fc.option(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 3_000 }).map((value) => value.replaceAll('\u0000', '')),
        fc.constantFrom('', ' ', '%s', 'x'.repeat(100_000), '@'.repeat(5_000), '1.'.repeat(3_000), 'a:'.repeat(3_000)),
      ),
      { nil: null },
    );
    const json = fc
      .jsonValue({ maxDepth: 12 })
      .map((value) => JSON.parse(JSON.stringify(value).replaceAll('\\u0000', '')));
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          environment: text,
          severity: text,
          code: text,
          message: text,
          stack: text,
          context: json,
          fingerprint: text,
          requestId: text,
        }),
        async (report) => {
          expect(Number((await record(report)).event_count)).toBeGreaterThanOrEqual(1);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('operators and admins acknowledge an error, once until it happens again, and that is an entry of the audit log', async () => {
    const { group_id } = await record({ fingerprint: 'known' });
    await record({ fingerprint: 'known' });
    const fresh = () =>
      database.asUser('tomas', async (client) =>
        only(
          await client.query<{ new_count: string }>('select new_count from api.error_groups where id = $1', [group_id]),
        ),
      );
    expect(await fresh()).toEqual({ new_count: '2' });
    await acknowledge('tomas', group_id, ' Known since May ');
    expect(await fresh()).toEqual({ new_count: '0' });
    expect(await refusalOf(acknowledge('priya', group_id))).toMatchObject({ status: 409, code: 'error.acknowledged' });
    await record({ fingerprint: 'known' });
    expect(await fresh()).toEqual({ new_count: '1' });
    await acknowledge('priya', group_id);
    const { rows } = await database.admin.query(
      `select actor_role, reason, after ->> 'eventCount' as count from audit.entries where action = 'error.acknowledged' and object_id = $1
       order by occurred_at`,
      [group_id],
    );
    expect(rows).toEqual([
      { actor_role: 'mm_operator', reason: 'Known since May', count: '2' },
      { actor_role: 'mm_admin', reason: 'Known since May', count: '3' },
    ]);
  });

  test('nobody but operators and admins reads errors, and they not whom they happened to', async () => {
    for (const who of ['amelia', 'helen', 'grace'] as const) {
      for (const view of ['error_groups', 'error_events']) {
        await expect(database.asUser(who, (client) => client.query(`select from api.${view}`))).rejects.toMatchObject({
          code: '42501',
        });
      }
    }
    await expect(
      database.asUser('tomas', (client) => client.query('select profile_id from app.error_events')),
    ).rejects.toMatchObject({ code: '42501' });
  });

  test('after 90 days months of errors go, and groups that were not seen since', async () => {
    const { group_id: old } = await record({ fingerprint: 'old' });
    const { group_id: alive } = await record({ fingerprint: 'alive' });
    await database.admin.query('select app.ensure_months(behind => 5)');
    await database.admin.query(
      `insert into app.error_events (group_id, environment, severity, code, message, occurred_at)
       values ($1, 'production', 'error', 'x', 'x', now() - interval '130 days')`,
      [old],
    );
    await database.admin.query(`update app.error_groups set last_seen_at = now() - interval '91 days' where id = $1`, [
      old,
    ]);
    await database.service.query('select app.apply_retention()');
    const { rows } = await database.admin.query('select id from app.error_groups where id = any ($1)', [[old, alive]]);
    expect(rows).toEqual([{ id: alive }]);
    const { rows: events } = await database.admin.query(
      `select from app.error_events where occurred_at < now() - interval '125 days'`,
    );
    expect(events).toEqual([]);
  });
});
