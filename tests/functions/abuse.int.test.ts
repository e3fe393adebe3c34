import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database?.close());

interface Decided {
  readonly rule?: string;
  readonly address?: string;
  readonly publicId?: string;
  readonly share?: string;
  readonly minutesAgo?: number;
}

const decided = async (decisions: readonly Decided[]) => {
  await database.admin.query(
    `insert into app.playback_decisions (kind, allowed, rule, share_token_id, public_id, ip_hash, token_expires_at, decided_at)
     select 'share', d.rule = 'play.allowed', d.rule, d.share, d.public_id, sha256(convert_to(d.address, 'UTF8')),
            case when d.rule = 'play.allowed' then now() end, now() - make_interval(mins => d.minutes_ago)
     from jsonb_to_recordset($1) as d (rule text, address text, public_id text, share uuid, minutes_ago integer)`,
    [
      JSON.stringify(
        decisions.map(
          ({ rule = 'play.wrong_secret', address = 'one', publicId = 'Ab3dEf6hIj9k', share, minutesAgo = 0 }) => ({
            rule,
            address,
            public_id: publicId,
            share,
            minutes_ago: minutesAgo,
          }),
        ),
      ),
    ],
  );
};
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_value, index) => make(index));

const watch = async () =>
  (await database.service.query<{ found: number }>('select app.watch_abuse() as found')).rows[0]?.found;
const openAlerts = async () =>
  (await database.admin.query(`select key, title, details from app.alerts where state <> 'resolved' order by key`))
    .rows;
const keys = async () => (await openAlerts()).map(({ key }) => key);

describe('what is watched for abuse (RL-07)', () => {
  test('a quiet hour raises nothing', async () => {
    await decided(times(30, (index) => ({ rule: 'play.allowed', address: `viewer ${index}`, share: randomUUID() })));
    expect(await watch()).toBe(0);
    expect(await openAlerts()).toEqual([]);
  });

  test('one address that guesses is an alert from its threshold on, and not one look-up before', async () => {
    await decided(times(39, () => ({})));
    expect(await watch()).toBe(0);
    await decided([{ rule: 'play.unknown_link' }]);
    expect(await watch()).toBe(1);
    expect(await openAlerts()).toEqual([
      {
        key: 'abuse.guessing',
        title: 'Share links are being guessed (addresses: 1)',
        details: { subjects: 1, greatest: 40, threshold: 40, window_minutes: 15 },
      },
    ]);
  });

  test('wrong secrets, passphrases and codes at the steps of a link count with the look-ups; right ones do not', async () => {
    const tried = (rule: string, count: number) =>
      database.admin.query(
        `insert into app.share_proof_attempts (kind, rule, public_id, ip_hash)
         select 'passphrase', $1, 'Ab3dEf6hIj9k', sha256('one') from generate_series(1, $2)`,
        [rule, count],
      );
    await decided(times(10, () => ({})));
    await tried('play.wrong_secret', 9);
    await tried('proof.passphrase_wrong', 10);
    await tried('proof.code_wrong', 10);
    await tried('proof.passphrase_right', 40);
    expect(await watch()).toBe(0);
    await tried('play.unknown_link', 1);
    expect(await watch()).toBe(1);
    expect(await keys()).toEqual(['abuse.guessing']);
    await database.admin.query('delete from app.share_proof_attempts');
  });

  test('as many refusals of forty addresses are no guessing', async () => {
    await decided(times(40, (index) => ({ address: `viewer ${index}` })));
    expect(await watch()).toBe(0);
  });

  test('what lies before the window does not count', async () => {
    await decided(times(40, () => ({ minutesAgo: 16 })));
    expect(await watch()).toBe(0);
  });

  test('one address that asks for many links', async () => {
    await decided(times(20, (index) => ({ rule: 'play.expired', publicId: `Ab3dEf6hIj${index + 10}` })));
    expect(await watch()).toBe(1);
    expect(await keys()).toEqual(['abuse.many-links']);
  });

  test('one link that many addresses open, by its id', async () => {
    const share = randomUUID();
    await decided(times(60, (index) => ({ rule: 'play.allowed', address: `viewer ${index}`, share })));
    expect(await watch()).toBe(1);
    const [alert] = await openAlerts();
    expect(alert).toMatchObject({
      key: 'abuse.spread',
      details: { subjects: 1, greatest: 60, link_ids: [share] },
    });
  });

  test('a burst of refusals of everybody together', async () => {
    await decided(times(300, (index) => ({ rule: 'play.expired', address: `viewer ${index}` })));
    expect(await watch()).toBe(1);
    expect(await keys()).toEqual(['abuse.refusals']);
  });

  test('webhooks with a bad signature, while they come', async () => {
    const refused = (minutes: number) =>
      database.admin.query(
        `insert into app.webhook_refusals (day, provider, reason, refused, first_at, last_at)
         values ((now() at time zone 'UTC')::date, 'mux', 'mismatch', 100, now(), now() - make_interval(mins => $1))
         on conflict (day, provider, reason) do update set last_at = excluded.last_at`,
        [minutes],
      );
    await refused(20);
    expect(await watch()).toBe(0);
    await refused(0);
    expect(await watch()).toBe(1);
    expect(await keys()).toEqual(['abuse.signatures']);
  });

  test('requests that an enforced limit refused; what is only monitored is no alert', async () => {
    const over = (mode: string) =>
      database.service.query('select app.count_limit_hits($1)', [
        JSON.stringify([{ rule: 'playback', mode, address: null, hits: 500 }]),
      ]);
    await over('monitor');
    expect(await watch()).toBe(0);
    await over('enforce');
    expect(await watch()).toBe(1);
    expect(await keys()).toEqual(['abuse.limits']);
  });

  test('ends by itself, and comes again as another alert', async () => {
    await decided(times(40, () => ({})));
    await watch();
    // The record cannot be changed; with triggers asleep, time passes.
    await database.admin.query(
      `begin; set local session_replication_role = replica;
       update app.playback_decisions set decided_at = decided_at - interval '16 minutes'; commit`,
    );
    expect(await watch()).toBe(0);
    expect(await openAlerts()).toEqual([]);
    await decided(times(40, () => ({})));
    await watch();
    await watch();
    const { rows } = await database.admin.query(
      'select state, occurrences from app.alerts order by opened_at, state desc',
    );
    expect(rows).toEqual([
      { state: 'resolved', occurrences: 1 },
      { state: 'firing', occurrences: 2 },
    ]);
  });

  test('goes by thresholds that an operator changes, with who and why on record', async () => {
    await decided(times(5, () => ({})));
    await database.asUser(
      'tomas',
      (client) =>
        client.query(
          `select api.change_abuse_rule('guessing', 5, 15, true, 'Look closely', (select version from api.abuse_rules where id = 'guessing'))`,
        ),
      { keep: true },
    );
    expect(await watch()).toBe(1);
    const { rows } = await database.admin.query(
      `select actor_subject, reason from audit.entries where action = 'abuse_rule.changed' and object_id = 'guessing'`,
    );
    expect(rows).toEqual([{ actor_subject: 'user_tomas_reid', reason: 'Look closely' }]);
    await database.admin.query(`update app.abuse_rules set is_watched = false where id = 'guessing'`);
    expect(await watch()).toBe(0);
  });

  test('names no address: neither hash nor name is in an alert', async () => {
    await decided(times(60, (index) => ({ publicId: `Ab3dEf6hIj${index + 10}` })));
    await watch();
    const { rows } = await database.admin.query(
      `select count(*)::int as named from app.alerts a
       where position(encode(sha256('one'), 'hex') in a::text) > 0 or position(left(encode(sha256('one'), 'hex'), 12) in a::text) > 0`,
    );
    expect(rows).toEqual([{ named: 0 }]);
  });

  test('reads only its window, by the time: months of decisions cost nothing', async () => {
    await database.admin.query(
      `insert into app.playback_decisions (kind, allowed, rule, public_id, ip_hash, decided_at)
       select 'share', false, 'play.wrong_secret', 'Ab3dEf6hIj9k', sha256('x'), now() - interval '2 hours' - i * interval '1 second'
       from generate_series(1, 20000) i`,
    );
    await database.admin.query('analyze app.playback_decisions');
    const client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    const plans: string[] = [];
    client.on('notice', ({ message }) => plans.push(String(message)));
    try {
      await client.query(`load 'auto_explain'; set client_min_messages = log; set auto_explain.log_min_duration = 0;
                          set auto_explain.log_nested_statements = on; set auto_explain.log_analyze = on`);
      await client.query('select app.watch_abuse()');
    } finally {
      await client.end();
    }
    const reading = plans.filter((plan) => plan.includes('playback_decisions'));
    expect(reading).toHaveLength(4);
    for (const plan of reading) {
      expect(plan).not.toMatch(/Seq Scan on playback_decisions\S* [^\n]*actual[^\n]*rows=[1-9]/);
      expect(plan).toContain('decided_at');
      expect(plan).not.toMatch(/Rows Removed by Filter: \d{3,}/);
    }
  });
});

describe('requests over a limit', () => {
  test('are counted by the hour, rule, mode and address, however often they are reported', async () => {
    const hash = 'ab'.repeat(32);
    const report = (hits: object[]) =>
      database.service.query('select app.count_limit_hits($1)', [JSON.stringify(hits)]);
    await report([
      { rule: 'playback', mode: 'enforce', address: hash, hits: 3 },
      { rule: 'playback', mode: 'enforce', address: null, hits: 2 },
    ]);
    await Promise.all(times(4, () => report([{ rule: 'playback', mode: 'enforce', address: hash, hits: 1 }])));
    const read = (statement: string) =>
      database.asUser('tomas', async (client) => (await client.query(statement)).rows);
    expect(await read('select rule, mode, hits::int, addresses::int from api.limit_hits()')).toEqual([
      { rule: 'playback', mode: 'enforce', hits: 9, addresses: 1 },
    ]);
    expect(await read('select address, hits::int, rules, blocked_until from api.limit_offenders()')).toEqual([
      { address: hash, hits: 7, rules: ['playback'], blocked_until: null },
    ]);
  });
});

describe('a blocked address (RL-09)', () => {
  const hash = 'cd'.repeat(32);
  const block = (who: 'tomas' | 'priya' = 'tomas') =>
    database.asUser(
      who,
      async (client) =>
        (await client.query(`select id from api.block_address($1, now() + interval '1 hour', 'It guesses')`, [hash]))
          .rows[0].id as string,
      { keep: true },
    );
  const blocked = async () =>
    (
      await database.service.query<{ hash: string }>(
        `select encode(address_hash, 'hex') as hash from app.blocked_addresses()`,
      )
    ).rows;

  test('is one until it is lifted, with both on record and why', async () => {
    const id = await block();
    expect(await blocked()).toEqual([{ hash }]);
    await database.asUser(
      'priya',
      (client) => client.query(`select api.lift_address_block($1, 'It was a school')`, [id]),
      {
        keep: true,
      },
    );
    expect(await blocked()).toEqual([]);
    const { rows } = await database.admin.query(
      `select actor_subject, action, reason from audit.entries where object_type = 'address_block' and object_id = $1 order by id`,
      [id],
    );
    expect(rows).toEqual([
      { actor_subject: 'user_tomas_reid', action: 'address_block.placed', reason: 'It guesses' },
      { actor_subject: 'user_priya_nair', action: 'address_block.lifted', reason: 'It was a school' },
    ]);
  });

  test('is one no more when its time has come', async () => {
    await database.admin.query(
      `insert into app.address_blocks (address_hash, reason, blocked_by, blocked_at, expires_at)
       select decode($1, 'hex'), 'It guesses', id, now() - interval '2 hours', now() - interval '1 second'
       from app.profiles where subject = 'user_tomas_reid'`,
      [hash],
    );
    expect(await blocked()).toEqual([]);
    await block();
    expect(await blocked()).toEqual([{ hash }]);
  });

  test('is blocked once, also by two at the same moment', async () => {
    const asked = await Promise.allSettled([block('tomas'), block('priya')]);
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await blocked()).toHaveLength(1);
  });
});
