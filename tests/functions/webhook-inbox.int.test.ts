import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrangeUpload, only } from '../src/arrange.ts';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';
import { bodyOf, readyTrace } from './mux-trace.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

type Given = { id: string; type?: string; body?: Buffer; stale?: boolean };
type Received = { delivery: number; id: string; state: string; is_duplicate: boolean };

/** Receives deliveries in one call; what became of each, in their order. */
async function receive(...given: Given[]): Promise<Received[]> {
  const bodies = given.map(({ body }) => body ?? Buffer.from('{}'));
  const { ids: newIds } = only(
    await database.service.query<{ ids: string[] }>(
      'select array(select uuidv7()::text from generate_series(1, $1::int)) as ids',
      [given.length],
    ),
  );
  const { rows: others } = await database.service.query<Received>(
    `select * from app.receive_webhooks(
       $1, array_fill('mux'::text, array[$2::int]), $3, $4, array_fill(null::text, array[$2::int]), $5, $6, $7,
       array_fill(now(), array[$2::int]), $8)`,
    [
      newIds,
      given.length,
      given.map(({ id }) => id),
      given.map(({ type }) => type ?? 'something.new'),
      Buffer.concat(bodies),
      bodies.map((_, index) => 1 + Buffer.concat(bodies.slice(0, index)).length),
      bodies.map(({ length }) => length),
      given.map(({ stale }) => stale ?? false),
    ],
  );
  // Answered are those that are not simply new.
  return newIds.map(
    (id, index) =>
      others.find(({ delivery }) => delivery === index + 1) ?? {
        delivery: index + 1,
        id,
        state: 'received',
        is_duplicate: false,
      },
  );
}
const idsOf = (received: readonly Received[]) => received.map(({ id }) => id);
async function foldMany(ids: readonly string[]): Promise<Record<string, string>> {
  const { rows } = await database.service.query<{ id: string; outcome: string }>(
    'select id, outcome from app.fold_webhook_events($1)',
    [ids],
  );
  return Object.fromEntries(rows.map(({ id, outcome }) => [id, outcome]));
}
async function statesOf(ids: readonly string[]): Promise<string[]> {
  const { rows } = await database.admin.query<{ state: string }>(
    'select e.state from unnest($1::uuid[]) with ordinality as g (id, n) join app.webhook_events e using (id) order by n',
    [ids],
  );
  return rows.map(({ state }) => state);
}

describe('deliveries received together', () => {
  test('are told apart: new, repeated in the same call, received before, and stale', async () => {
    const [known, fresh, twice, stale] = Array.from({ length: 4 }, () => ({ id: randomUUID() }));
    if (!known || !fresh || !twice || !stale) throw new Error('four ids were made');
    const [before] = await receive(known);
    const received = await receive(fresh, known, twice, { ...stale, stale: true }, twice);
    expect(received.map(({ delivery, state, is_duplicate }) => [delivery, state, is_duplicate])).toEqual([
      [1, 'received', false],
      [2, 'received', true],
      [3, 'received', false],
      [4, 'quarantined', false],
      [5, 'received', true],
    ]);
    expect(received[1]?.id).toBe(before?.id);
    expect(received[4]?.id).toBe(received[2]?.id);
    const { rows } = await database.admin.query('select event_id from app.webhook_events where id = any ($1)', [
      idsOf(received),
    ]);
    expect(rows).toHaveLength(4);
  });

  test('of a stale and a fresh copy of one event the fresh one is stored, whichever comes first', async () => {
    const event = { id: randomUUID() };
    const received = await receive({ ...event, stale: true }, event);
    expect(received).toMatchObject([
      { state: 'received', is_duplicate: true },
      { state: 'received', is_duplicate: false },
    ]);
  });

  test('a quarantined event is freshened among others, with its bytes', async () => {
    const event = { id: randomUUID() };
    const [aside] = await receive({ ...event, stale: true, body: Buffer.from('{"stale": true}') });
    const [, freshened] = await receive({ id: randomUUID() }, { ...event, body: Buffer.from('{"stale": false}') });
    expect(freshened).toEqual({ delivery: 2, id: aside?.id, state: 'received', is_duplicate: false });
    const { rows } = await database.admin.query(
      `select convert_from(body, 'utf8') as body from app.webhook_events where id = $1`,
      [aside?.id],
    );
    expect(rows).toEqual([{ body: '{"stale": false}' }]);
  });

  test('two calls with the same events in opposite order wait for one another, and each event is stored once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const events = Array.from({ length: 40 }, () => ({ id: randomUUID() }));
      const [forth, back] = await Promise.all([receive(...events), receive(...events.toReversed())]);
      expect(new Set(idsOf(forth))).toEqual(new Set(idsOf(back)));
      expect([...forth, ...back].filter((delivery) => !delivery.is_duplicate)).toHaveLength(events.length);
    }
  });
});

describe('events folded together', () => {
  test('one that cannot be read fails alone, leaves nothing behind, and its neighbours are folded', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    const good = readyTrace(upload).map((event) => ({ id: event.id, type: event.type, body: bodyOf(event) }));
    const poison = { id: randomUUID(), type: 'video.asset.ready', body: Buffer.from('{"data": {"status": "weird"}}') };
    const ids = idsOf(await receive(...good.slice(0, 3), poison, ...good.slice(3)));
    const outcomes = await foldMany(ids);
    expect(ids.map((id) => outcomes[id])).toEqual([
      ...Array(3).fill('processed'),
      'failed',
      ...Array(3).fill('processed'),
    ]);
    expect(await statesOf(ids)).toEqual([...Array(3).fill('processed'), 'received', ...Array(3).fill('processed')]);
    const { rows } = await database.admin.query('select state from app.upload_jobs where id = $1', [
      upload.uploadJobId,
    ]);
    expect(rows).toEqual([{ state: 'ready' }]);
  });

  test('by several workers at once, each is folded by one of them, without waiting', async () => {
    const uploads = await Promise.all(Array.from({ length: 5 }, () => arrangeUpload(database, 'ben')));
    const given = uploads.flatMap((upload) =>
      readyTrace(upload).map((event) => ({ id: event.id, type: event.type, body: bodyOf(event) })),
    );
    const ids = idsOf(await receive(...given));
    const [one, two] = await Promise.all([foldMany(ids), foldMany(ids.toReversed())]);
    expect(Object.keys(one).filter((id) => id in two)).toEqual([]);
    const rest = await foldMany(ids);
    expect({ ...one, ...two, ...rest }).toEqual(Object.fromEntries(ids.map((id) => [id, 'processed'])));
  });

  test('what was done, is dead, is aside or does not exist is not folded', async () => {
    const [done, dead, aside] = await receive(
      { id: randomUUID() },
      { id: randomUUID() },
      { id: randomUUID(), stale: true },
    );
    await foldMany([done?.id ?? '']);
    await database.admin.query(`update app.webhook_events set state = 'dead' where id = $1`, [dead?.id]);
    expect(await foldMany([done?.id ?? '', dead?.id ?? '', aside?.id ?? '', randomUUID()])).toEqual({});
  });
});

describe('a replay', () => {
  const replay = (who: 'tomas' | 'priya', ids: readonly string[] | null, reason = 'The fold was corrected') =>
    database.asUser(
      who,
      async (client) =>
        only(
          await client.query<{ replayed: number }>('select replayed from api.replay_webhook_events($1, $2)', [
            reason,
            ids,
          ]),
        ).replayed,
      { keep: true },
    );
  async function givenDead(count: number): Promise<string[]> {
    const ids = idsOf(await receive(...Array.from({ length: count }, () => ({ id: randomUUID() }))));
    await database.admin.query(`update app.webhook_events set state = 'dead', attempts = 5 where id = any ($1)`, [ids]);
    return ids;
  }

  test('lets the dead events that are named wait again, with all attempts ahead, and says who wanted it and why', async () => {
    const ids = await givenDead(3);
    const named = ids.slice(0, 2);
    expect(await replay('tomas', named)).toBe(2);
    expect(await statesOf(ids)).toEqual(['received', 'received', 'dead']);
    const { rows } = await database.service.query<{ id: string }>('select app.due_webhook_events(1000) as id');
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(named));
    expect(Object.values(await foldMany(named))).toEqual(['ignored', 'ignored']);
    const entries = await database.admin.query(
      `select actor_subject, reason, after from audit.entries where action = 'webhook.replayed' order by id desc limit 1`,
    );
    expect(entries.rows).toEqual([
      {
        actor_subject: 'user_tomas_reid',
        reason: 'The fold was corrected',
        after: { replayed: 2, event_ids: named.toSorted() },
      },
    ]);
  });

  test('without names means all dead events, and nothing else', async () => {
    const dead = await givenDead(4);
    const [waiting, aside] = await receive({ id: randomUUID() }, { id: randomUUID(), stale: true });
    expect(await replay('priya', null)).toBeGreaterThanOrEqual(4);
    expect(await statesOf([...dead, waiting?.id ?? '', aside?.id ?? ''])).toEqual([
      ...Array(5).fill('received'),
      'quarantined',
    ]);
    expect((await database.admin.query(`select from app.webhook_events where state = 'dead'`)).rowCount).toBe(0);
  });

  test('of events that are not dead changes nothing and is not recorded', async () => {
    const [received] = await receive({ id: randomUUID() });
    const count = async () =>
      (await database.admin.query(`select from audit.entries where action = 'webhook.replayed'`)).rowCount;
    const before = await count();
    expect(await replay('tomas', [received?.id ?? ''])).toBe(0);
    expect(await count()).toBe(before);
  });

  test('needs a reason', async () => {
    expect(await refusalOf(replay('tomas', null, ' '))).toMatchObject({ status: 422, code: 'request.invalid' });
  });
});

describe('refused deliveries', () => {
  test('raise one alert for each provider, which tells how many there were that day', async () => {
    await database.service.query(`select app.count_refused_webhooks('resend', 'mismatch', 2)`);
    await database.service.query(`select app.count_refused_webhooks('resend', 'mismatch', 5)`);
    const { rows } = await database.admin.query(
      `select severity, state, occurrences::int as occurrences, details from app.alerts where key = 'webhook.signature.resend'`,
    );
    expect(rows).toEqual([
      { severity: 'warning', state: 'firing', occurrences: 2, details: { reason: 'mismatch', refused_today: 7 } },
    ]);
    await database.admin.query(`delete from app.webhook_refusals where provider = 'resend'`);
  });

  test('are summed by day, provider and reason', async () => {
    for (const refused of [1, 41])
      await database.service.query(`select app.count_refused_webhooks('clerk', 'mismatch', $1)`, [refused]);
    await database.service.query(`select app.count_refused_webhooks('mux', 'missing', 1)`);
    const { rows } = await database.asUser('tomas', (client) =>
      client.query(
        `select provider, reason, refused::int as refused, day = (now() at time zone 'UTC')::date as today from api.webhook_refusals order by 1`,
      ),
    );
    expect(rows).toEqual([
      { provider: 'clerk', reason: 'mismatch', refused: 42, today: true },
      { provider: 'mux', reason: 'missing', refused: 1, today: true },
    ]);
  });
});
