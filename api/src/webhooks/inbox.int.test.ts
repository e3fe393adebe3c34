import { randomUUID } from 'node:crypto';
import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IntegrationApp, startIntegrationApp, webhookSecrets } from '../../test/integration-app.ts';
import { signedWebhook } from '../../test/signed-webhook.ts';
import { foldQueue } from '../jobs/queues.ts';

let subject: IntegrationApp;
beforeAll(async () => {
  subject = await startIntegrationApp();
  // The queue of jobs starts on first use.
  await deliver(newEvent());
});
afterAll(() => subject.close());

const newEvent = () => ({ id: randomUUID(), type: 'video.something.new', data: { id: 'x' } });
const newEvents = (count: number) => Array.from({ length: count }, newEvent);
const idsOf = (events: readonly { id: string }[]) => events.map(({ id }) => id).sort();

function deliver(event: object) {
  const { body, headers } = signedWebhook(event, { secret: webhookSecrets[0] });
  return subject.app.inject({ method: 'POST', url: '/api/webhooks/mux', headers, payload: body });
}

type StoredRow = { event_id: string; transaction: string };
async function storedOf(events: readonly { id: string }[]): Promise<StoredRow[]> {
  const { rows } = await subject.database.admin.query<StoredRow>(
    'select event_id, xmin::text as transaction from app.webhook_events where event_id = any ($1) order by event_id',
    [idsOf(events)],
  );
  return rows;
}
const jobSizesOf = async (events: readonly { id: string }[]) => {
  const { rows } = await subject.database.admin.query<{ size: number }>(
    `select jsonb_array_length(data -> 'webhookEventIds') as size from pgboss.job
     where exists (select from app.webhook_events e where e.event_id = any ($1) and data -> 'webhookEventIds' ? e.id::text)
     order by 1`,
    [idsOf(events)],
  );
  return rows.map(({ size }) => size);
};
const waiting = async () =>
  Number(/^mm_webhooks_waiting (\d+)$/m.exec((await subject.app.inject('/metrics')).body)?.[1]);

/**
 * Delivers events while the inbox cannot be written: the first is under way, the others wait for it.
 * @returns their answers once the inbox is free again, in order
 */
async function deliverBehindOne(events: readonly object[]) {
  const client = await subject.database.admin.connect();
  try {
    await client.query('begin; lock table app.webhook_receipts in access exclusive mode');
    const first = deliver(newEvent());
    // It waits for the lock, inside the database.
    await expect
      .poll(
        async () =>
          (await client.query("select from pg_locks where not granted and relation = 'app.webhook_receipts'::regclass"))
            .rowCount,
      )
      .toBe(1);
    const answers = events.map((event) => deliver(event));
    await expect.poll(waiting, { timeout: 15_000 }).toBe(Math.min(events.length, 2_000));
    await client.query('rollback');
    expect((await first).statusCode).toBe(200);
    return await Promise.all(answers);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

describe('deliveries of the same moment', () => {
  it('are committed together, each event once, with one job for all', async () => {
    const events = newEvents(50);
    const answers = await deliverBehindOne([...events, ...events.slice(0, 20)]);
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    const rows = await storedOf(events);
    expect(rows.map((row) => row.event_id)).toEqual(idsOf(events));
    expect(new Set(rows.map((row) => row.transaction)).size).toBe(1);
    expect(await jobSizesOf(events)).toEqual([50]);
  });

  it('do not fail with one of them that cannot be stored', async () => {
    const events = newEvents(10);
    const poison = events[4] ?? newEvent();
    await subject.database.admin.query(`
      create function public.refuse_poison() returns trigger language plpgsql as $$ begin raise exception 'disk full' using errcode = '53100'; end $$;
      grant execute on function public.refuse_poison() to public;
      create constraint trigger refuse_poison after insert on app.webhook_events deferrable initially deferred
        for each row when (new.event_id = '${poison.id}') execute function public.refuse_poison()`);
    const answers = await deliverBehindOne(events);
    await subject.database.admin.query(
      'drop trigger refuse_poison on app.webhook_events; drop function public.refuse_poison()',
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(events.map((event) => (event === poison ? 503 : 200)));
    const kept = events.filter((event) => event !== poison);
    expect((await storedOf(events)).map((row) => row.event_id)).toEqual(idsOf(kept));
    expect(await jobSizesOf(events)).toEqual(kept.map(() => 1));
  });

  it('beyond what may wait are refused at once, with a time to come again; every other is stored', async () => {
    const events = newEvents(2_020);
    const answers = await deliverBehindOne(events);
    const refused = answers.filter(({ statusCode }) => statusCode === 503);
    expect(refused).toHaveLength(20);
    for (const { headers } of refused) {
      expect(headers['retry-after']).toBe('2');
    }
    const accepted = events.filter((_event, index) => answers[index]?.statusCode === 200);
    expect(accepted).toHaveLength(2_000);
    expect((await storedOf(events)).map((row) => row.event_id)).toEqual(idsOf(accepted));
  });
});

describe('an app that is asked to end', () => {
  it('stores what it has taken, and leaves nothing unanswered', async () => {
    const ending = await startIntegrationApp();
    const events = newEvents(200);
    const deliveries = events.map((event) => {
      const { body, headers } = signedWebhook(event, { secret: webhookSecrets[0] });
      return fetch(`${ending.origin}/api/webhooks/mux`, { method: 'POST', headers, body }).then(
        (response) => response.status,
        () => 'not taken' as const,
      );
    });
    // The first answer: others are under way, others wait, others have not arrived.
    await Promise.race(deliveries);
    await ending.app.close();
    const answers = await Promise.all(deliveries);
    const acknowledged = events.filter((_event, index) => answers[index] === 200);
    const { rows } = await ending.database.admin.query<{ event_id: string }>(
      'select event_id from app.webhook_receipts',
    );
    const kept = new Set(rows.map((row) => row.event_id));
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter(({ id }) => !kept.has(id))).toEqual([]);
    expect(answers.filter((answer) => answer === 500)).toEqual([]);
    await ending.close();
  });
});

describe('the job that folds what was stored', () => {
  it('is the same that pg-boss itself would have made', async () => {
    const event = newEvent();
    await deliver(event);
    const boss = new PgBoss({
      schema: 'pgboss',
      db: { executeSql: (text, values) => subject.database.admin.query(text, values) },
      migrate: false,
      createSchema: false,
      supervise: false,
      schedule: false,
    });
    await boss.start();
    const sent = await boss.send(foldQueue, { webhookEventIds: ['sent'] });
    await boss.stop({ graceful: false, close: false });
    const { rows } = await subject.database.admin.query<{ job: unknown }>(
      `select to_jsonb(j) - '{id,data,created_on,start_after,keep_until}'::text[]
              || jsonb_build_object('kept', j.keep_until - j.start_after, 'at_once', j.start_after <= now()) as job
       from pgboss.job j
       where j.id = $1 or exists (select from app.webhook_events e where e.event_id = $2 and j.data -> 'webhookEventIds' ? e.id::text)`,
      [sent, event.id],
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual(rows[1]);
  });
});
