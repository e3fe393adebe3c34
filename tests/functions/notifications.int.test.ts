import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { only, profileOf } from '../src/arrange.ts';
import { createTestDatabase, type PersonaName, personas, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';
import { rest } from '../src/rest.ts';

let database: TestDatabase;
let amelia: string;
beforeAll(async () => {
  database = await createTestDatabase();
  amelia = await profileOf(database, personas.amelia.subject);
});
beforeEach(() =>
  database.admin.query(
    'delete from app.notifications; delete from app.notification_preferences; delete from app.legal_holds',
  ),
);
afterAll(() => database?.close());

type Claimed = {
  id: string;
  kind: string;
  channel: string;
  address: string | null;
  destination: string | null;
  attempts: number;
};

const enqueue = async (
  kind = 'share.issued',
  dedupeKey: string = randomUUID(),
  profile = amelia,
  variables: object = {},
) =>
  only(
    await database.service.query<{ id: string | null }>('select app.enqueue_notification($1, $2, $3, $4) as id', [
      kind,
      profile,
      dedupeKey,
      variables,
    ]),
  ).id;
const claim = async (max = 100) =>
  (await database.service.query<Claimed>('select * from app.claim_deliveries($1)', [max])).rows;
const deliveries = async () =>
  (
    await database.admin.query<{ channel: string; state: string; suppressed_by: string | null; attempts: number }>(
      'select channel, state, suppressed_by, attempts from app.notification_deliveries order by created_at, id',
    )
  ).rows;
const prefer = (who: PersonaName, kind: string, channel: string, enabled: boolean | null) =>
  database.asUser(
    who,
    (client) => client.query('select * from api.set_notification_preference($1, $2, $3)', [kind, channel, enabled]),
    { keep: true },
  );
const mine = async (who: PersonaName) =>
  database.asUser(
    who,
    async (client) =>
      (
        await client.query<{ id: string; kind: string; title: string }>(
          'select id, kind, title from api.my_notifications',
        )
      ).rows,
  );
const sent = (id: string, provider: string | null = randomUUID()) =>
  database.service.query(`select app.record_delivery_sent($1, $2, 'v1')`, [id, provider]);
const makeDue = () => database.admin.query('update app.notification_deliveries set next_attempt_at = now()');

describe('telling people', () => {
  test('a person is told once of each occasion, however many tell them at one moment', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => enqueue('share.issued', 'the same')));
    expect(ids.filter((id) => id !== null)).toHaveLength(1);
    expect(await deliveries()).toEqual([{ channel: 'email', state: 'queued', suppressed_by: null, attempts: 0 }]);
    expect(await mine('amelia')).toMatchObject([{ kind: 'share.issued', title: 'A share link was made' }]);
    expect(await mine('ben')).toEqual([]);
  });

  test('what a person switched off is not shown, and its mail is logged as suppressed', async () => {
    await prefer('amelia', 'share.issued', 'email', false);
    await prefer('amelia', 'share.issued', 'in_app', false);
    await enqueue('share.issued');
    await enqueue('share.revoked');
    expect((await mine('amelia')).map(({ kind }) => kind)).toEqual(['share.revoked']);
    expect(await deliveries()).toEqual([
      { channel: 'email', state: 'suppressed', suppressed_by: 'preference', attempts: 0 },
      { channel: 'email', state: 'queued', suppressed_by: null, attempts: 0 },
    ]);
    await prefer('amelia', 'share.issued', 'email', true);
    await enqueue('share.issued');
    expect((await deliveries()).at(-1)).toMatchObject({ state: 'queued' });
  });

  test('what is critical cannot be switched off, and comes even if it were', async () => {
    expect(await refusalOf(prefer('amelia', 'erasure.done', 'email', false))).toMatchObject({
      status: 409,
      code: 'notification.critical',
    });
    await database.admin.query(
      `insert into app.notification_preferences (profile_id, kind, channel, is_enabled) values ($1, 'erasure.done', 'email', false)`,
      [amelia],
    );
    await enqueue('erasure.done');
    expect(await deliveries()).toMatchObject([{ state: 'queued' }]);
  });

  test('the preference centre shows each role its kinds, by channel, with what cannot be switched off', async () => {
    await prefer('amelia', 'upload.ready', 'email', false);
    const centre = async (who: PersonaName) =>
      database.asUser(
        who,
        async (client) =>
          (
            await client.query<{ id: string; is_enabled: boolean; is_critical: boolean }>(
              'select id, is_enabled, is_critical from api.my_notification_preferences order by id',
            )
          ).rows,
      );
    const coach = await centre('amelia');
    expect(coach.map(({ id }) => id)).toEqual(
      [
        'erasure.done',
        'erasure.received',
        'retention.warning',
        'share.expiring',
        'share.issued',
        'share.revoked',
        'upload.failed',
        'upload.ready',
      ].flatMap((kind) => [`${kind}:email`, `${kind}:in_app`]),
    );
    expect(coach.filter(({ is_enabled }) => !is_enabled).map(({ id }) => id)).toEqual(['upload.ready:email']);
    expect(coach.filter(({ is_critical }) => is_critical).every(({ is_enabled }) => is_enabled)).toBe(true);
    expect((await centre('ben')).every(({ is_enabled }) => is_enabled)).toBe(true);
    expect((await centre('grace')).map(({ id }) => id)).toEqual([]);
    expect((await centre('tomas')).map(({ id }) => id)).toContain('alert.escalated:email');
  });

  test('every kind that the requirements name is there', async () => {
    const { rows } = await database.admin.query<{ id: string }>('select id from app.notification_kinds order by id');
    expect(rows.map(({ id }) => id)).toEqual([
      'alert.escalated',
      'alert.raised',
      'cost.threshold',
      'deployment.result',
      'erasure.done',
      'erasure.near_deadline',
      'erasure.received',
      'retention.warning',
      'share.expiring',
      'share.issued',
      'share.revoked',
      'upload.failed',
      'upload.ready',
      'vendor_review.due',
      'webhook.dead',
    ]);
  });

  test('a notice is marked as read by whom it is to, and stays so', async () => {
    const id = await enqueue();
    const read = (who: PersonaName) =>
      database.asUser(
        who,
        async (client) => only(await client.query('select * from api.mark_notification_read($1)', [id])),
        { keep: true },
      );
    const first = await read('amelia');
    expect(first).toMatchObject({ id });
    expect(await read('amelia')).toEqual(first);
    expect(await refusalOf(read('ben'))).toMatchObject({ status: 404, code: 'notification.not_found' });
  });

  test('somebody suspended is told only what is critical', async () => {
    await database.admin.query(`update app.profiles set suspended_at = now() where id = $1`, [amelia]);
    try {
      expect(await enqueue('share.issued')).toBeNull();
      expect(await enqueue('erasure.done')).not.toBeNull();
    } finally {
      await database.admin.query(`update app.profiles set suspended_at = null where id = $1`, [amelia]);
    }
  });
});

describe('deliveries', () => {
  test('of many senders at one moment each delivery is taken by one, with the address of the moment', async () => {
    for (let i = 0; i < 12; i += 1) await enqueue();
    const taken = (await Promise.all([claim(4), claim(4), claim(4), claim(4)])).flat();
    expect(new Set(taken.map(({ id }) => id)).size).toBe(12);
    expect(taken).toHaveLength(12);
    expect(new Set(taken.map(({ address }) => address))).toEqual(new Set([personas.amelia.email]));
    expect(await claim()).toEqual([]);
  });

  test('who took one and died leaves it to the next, and in the end it has failed', async () => {
    await enqueue();
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await makeDue();
      expect(await claim()).toMatchObject([{ attempts: attempt }]);
    }
    await makeDue();
    expect(await claim()).toEqual([]);
    expect(await deliveries()).toMatchObject([{ state: 'failed', attempts: 5 }]);
  });

  test('a failed attempt comes again later, four times as late each time; the last one, or one that is final, has failed', async () => {
    await enqueue();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await makeDue();
      const [taken] = await claim();
      const { rows } = await database.service.query<{ state: string }>(
        `select app.record_delivery_failed($1, 'No answer for amelia.hart@example.com') as state`,
        [taken?.id],
      );
      expect(rows).toEqual([{ state: 'queued' }]);
      const row = only(
        await database.admin.query<{ wait: string; last_error: string }>(
          'select round(extract(epoch from next_attempt_at - now()) / 60) as wait, last_error from app.notification_deliveries',
        ),
      );
      expect(row.last_error).toBe('No answer for [email]');
      waits.push(Number(row.wait));
    }
    expect(waits).toEqual([1, 4, 16, 64]);
    await makeDue();
    const [last] = await claim();
    expect(
      only(await database.service.query(`select app.record_delivery_failed($1, 'No') as state`, [last?.id])),
    ).toEqual({ state: 'failed' });

    await enqueue();
    const [hopeless] = await claim();
    expect(
      only(await database.service.query(`select app.record_delivery_failed($1, 'Bad', true) as state`, [hopeless?.id])),
    ).toEqual({ state: 'failed' });
  });

  test('after a bounce nothing more is mailed to that address, also what waits; another address is mailed again', async () => {
    await enqueue();
    const [first] = await claim();
    await sent(first?.id ?? '', 'provider-1');
    await enqueue();
    const bounce = () =>
      database.service.query(`select app.record_delivery_bounced('provider-1', 'No such mailbox') as known`);
    expect(only(await bounce())).toEqual({ known: true });
    expect(only(await bounce())).toEqual({ known: true });
    expect(only(await database.service.query(`select app.record_delivery_bounced('unknown', '') as known`))).toEqual({
      known: false,
    });
    expect(await claim()).toEqual([]);
    await enqueue();
    expect((await deliveries()).map(({ state, suppressed_by }) => [state, suppressed_by])).toEqual([
      ['bounced', null],
      ['suppressed', 'address'],
      ['suppressed', 'address'],
    ]);
    await database.admin.query(`update app.profiles set email = 'amelia@example.net' where id = $1`, [amelia]);
    try {
      await enqueue();
      expect(await claim()).toMatchObject([{ address: 'amelia@example.net' }]);
    } finally {
      await database.admin.query(`update app.profiles set email = $2 where id = $1`, [amelia, personas.amelia.email]);
    }
  });

  test('mail goes to the address of the moment, whose bounce it is then; to somebody without one it is suppressed', async () => {
    const address = (email: string | null) =>
      database.admin.query('update app.profiles set email = $2 where id = $1', [amelia, email]);
    try {
      await enqueue();
      await address('moved@example.net');
      const [taken] = await claim();
      expect(taken).toMatchObject({ address: 'moved@example.net' });
      await sent(taken?.id ?? '', 'provider-moved');
      await database.service.query(`select app.record_delivery_bounced('provider-moved', 'No such mailbox')`);
      await enqueue();
      await address(personas.amelia.email);
      await enqueue();
      expect(await claim()).toMatchObject([{ address: personas.amelia.email }]);
      await enqueue();
      await address(null);
      expect(await claim()).toEqual([]);
      expect((await deliveries()).map(({ state, suppressed_by }) => [state, suppressed_by])).toEqual([
        ['bounced', null],
        ['suppressed', 'address'],
        ['queued', null],
        ['suppressed', 'address'],
      ]);
    } finally {
      await address(personas.amelia.email);
    }
  });

  test('what was sent is not recorded twice', async () => {
    await enqueue();
    const [taken] = await claim();
    expect(
      only(await database.service.query(`select app.record_delivery_sent($1, 'p', 'v1') as so`, [taken?.id])),
    ).toEqual({ so: true });
    expect(
      only(await database.service.query(`select app.record_delivery_sent($1, 'q', 'v1') as so`, [taken?.id])),
    ).toEqual({ so: false });
    expect(only(await database.service.query(`select app.record_delivery_failed($1, 'x') as so`, [taken?.id]))).toEqual(
      { so: null },
    );
  });

  test('the team is told in its channel; operators and admins read the log, and nobody what was told', async () => {
    const tell = () =>
      database.service.query(`select app.enqueue_slack_notification('alert.raised', 'platform', 'one', '{"a": 1}')`);
    await tell();
    await tell();
    expect(await claim()).toMatchObject([{ channel: 'slack', destination: 'platform', address: null }]);
    const postgrest = await database.startPostgrest();
    try {
      const log = '/notification_deliveries?select=kind,channel,destination,state,attempts';
      const row = { kind: 'alert.raised', channel: 'slack', destination: 'platform', state: 'queued', attempts: 1 };
      for (const who of ['tomas', 'priya'] as const) {
        expect(await rest(postgrest, who, log)).toMatchObject({ status: 200, body: [row] });
      }
      for (const who of ['amelia', 'helen', 'grace'] as const) {
        expect(await rest(postgrest, who, log)).toMatchObject({ status: 403 });
      }
      expect(await rest(postgrest, 'tomas', '/my_notifications')).toMatchObject({ status: 200, body: [] });
    } finally {
      await postgrest.close();
    }
  });

  test('after a year a notice goes with its deliveries, unless it waits to be sent or its person is under a legal hold', async () => {
    const ben = await profileOf(database, personas.ben.subject);
    const old = await enqueue();
    const [taken] = await claim();
    await sent(taken?.id ?? '');
    const waiting = await enqueue();
    const held = await enqueue('share.issued', 'held', ben);
    const [other] = (await claim()).filter(({ address }) => address === personas.ben.email);
    await sent(other?.id ?? '');
    const young = await enqueue('share.revoked');
    await database.admin.query(
      `insert into app.legal_holds (profile_id, reason, placed_by) values ($1, 'Court order', $1)`,
      [ben],
    );
    const client = await database.admin.connect();
    try {
      await client.query(`set session_replication_role = 'replica'`);
      await client.query(`update app.notifications set created_at = now() - interval '366 days' where id <> $1`, [
        young,
      ]);
    } finally {
      await client.query('reset session_replication_role');
      client.release();
    }
    const preview = await database.asUser(
      'helen',
      async (user) =>
        (
          await user.query(
            `select row_count, is_held from api.preview_retention('notifications', 365) order by is_held`,
          )
        ).rows,
    );
    expect(preview).toEqual([
      { row_count: '1', is_held: false },
      { row_count: '1', is_held: true },
    ]);
    await database.service.query('select app.apply_retention()');
    const { rows } = await database.admin.query<{ id: string }>('select id from app.notifications order by id');
    expect(rows.map(({ id }) => id)).toEqual([waiting, held, young].sort());
    expect(rows.map(({ id }) => id)).not.toContain(old);
    expect(await deliveries()).toHaveLength(3);
  });
});
