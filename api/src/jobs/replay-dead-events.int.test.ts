import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@mm/tests';
import { Registry } from '@prometheus-io/client';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { givenVideo } from '../../test/fixtures.ts';
import { openDatabase } from '../db/database.ts';
import { FoldTelemetry } from './fold-telemetry.ts';
import { type Folding, foldDueEvents, foldWebhookEvents } from './fold-webhook-events.ts';
import { replayDeadEvents } from './replay-dead-events.ts';

let database: TestDatabase;
let folding: Folding;
beforeAll(async () => {
  database = await createTestDatabase();
  const service = openDatabase({
    url: database.serviceUrl,
    poolMax: 2,
    applicationName: 'mm-worker',
    onConnectionError: () => undefined,
  });
  folding = {
    database: service,
    log: pino({ level: 'silent' }),
    telemetry: new FoldTelemetry(new Registry(), service),
  };
});
afterAll(async () => {
  await folding?.database.close();
  await database?.close();
});
beforeEach(() => database.admin.query('delete from app.webhook_events'));

async function receive(type: string, data: object): Promise<string> {
  const { rows } = await database.service.query<{ id: string }>(
    `select id from app.receive_webhook('mux', $1, $2, null, $3, now(), false)`,
    [randomUUID(), type, Buffer.from(JSON.stringify({ created_at: new Date().toISOString(), data }))],
  );
  return String(rows[0]?.id);
}
const ready = (uploadJobId: string) =>
  receive('video.asset.ready', { id: `asset-${randomUUID()}`, status: 'ready', passthrough: uploadJobId, duration: 4 });
/** Folds until every one of these is dead, as the worker does, without its pauses. */
async function foldUntilDead(ids: readonly string[]): Promise<void> {
  for (let attempt = 1; attempt <= 5; attempt += 1) await foldWebhookEvents(folding, ids);
  expect(await statesOf(ids)).toEqual(ids.map(() => 'dead'));
}
async function statesOf(ids: readonly string[]): Promise<string[]> {
  const { rows } = await database.admin.query<{ state: string }>(
    'select e.state from unnest($1::uuid[]) with ordinality as g (id, n) join app.webhook_events e using (id) order by n',
    [ids],
  );
  return rows.map(({ state }) => state);
}
const letTimePass = () =>
  database.admin.query(`update app.webhook_events set next_attempt_at = now() where state = 'dead'`);
const givenDead = (count: number, body: string) =>
  database.admin.query(
    `insert into app.webhook_events (provider, event_id, type, body, signed_at, state, attempts)
     select 'mux', gen_random_uuid()::text, 'video.asset.ready', $2::bytea, now(), 'dead', 5 from generate_series(1, $1::int)`,
    [count, Buffer.from(body)],
  );

describe('the job mux-dlq-replay', () => {
  it('clears stuck uploads once what made their events fail is mended, and leaves what still fails dead (JB-03)', async () => {
    const videos = await Promise.all(Array.from({ length: 3 }, () => givenVideo(database, { ready: false })));
    await database.admin.query(`
      create function public.break_it() returns trigger language plpgsql as $$ begin raise exception 'Out of order.'; end $$;
      create trigger break_it before insert on app.mux_assets for each row execute function public.break_it();
      grant execute on function public.break_it() to public`);
    const ids = await Promise.all(videos.map(({ uploadJobId }) => ready(uploadJobId)));
    const poison = await receive('video.asset.ready', { status: 'weird' });
    await foldUntilDead([...ids, poison]);
    await database.admin.query('drop trigger break_it on app.mux_assets; drop function public.break_it()');

    expect(await replayDeadEvents(folding)).toEqual({ replayed: 0, settled: 0 });
    await letTimePass();
    expect(await replayDeadEvents(folding)).toEqual({ replayed: 4, settled: 3 });
    expect(await statesOf([...ids, poison])).toEqual(['processed', 'processed', 'processed', 'dead']);
    const { rows } = await database.admin.query('select distinct state from app.upload_jobs where id = any ($1)', [
      videos.map(({ uploadJobId }) => uploadJobId),
    ]);
    expect(rows).toEqual([{ state: 'ready' }]);
    expect(await replayDeadEvents(folding)).toEqual({ replayed: 0, settled: 0 });
  });

  it('takes no more events than it may in one run, and the next run goes on', async () => {
    await givenDead(130, '{"data": {"status": "weird"}}');
    expect(await replayDeadEvents(folding, () => false, { maxEvents: 120, budgetMs: 60_000 })).toEqual({
      replayed: 120,
      settled: 0,
    });
    expect(await replayDeadEvents(folding)).toEqual({ replayed: 10, settled: 0 });
  });

  it('claims nothing once its time is over or the worker is asked to end', async () => {
    await givenDead(1, '{}');
    expect(await replayDeadEvents(folding, () => false, { maxEvents: 10, budgetMs: 0 })).toEqual({
      replayed: 0,
      settled: 0,
    });
    expect(await replayDeadEvents(folding, () => true)).toEqual({ replayed: 0, settled: 0 });
  });

  it('shares dead events among two workers that run at once, each event in one of them', async () => {
    await givenDead(250, '{"data": {"status": "weird"}}');
    const runs = await Promise.all([replayDeadEvents(folding), replayDeadEvents(folding)]);
    expect(runs.map(({ replayed = 0 }) => replayed).reduce((sum, count) => sum + count)).toBe(250);
    // While one worker chooses, it can hold a row that the other wants to fold; such a one is folded with whatever else is due.
    await expect
      .poll(
        async () => {
          await foldDueEvents(folding);
          const { rows } = await database.admin.query(
            `select state, replays, count(*)::int from app.webhook_events group by 1, 2`,
          );
          return rows;
        },
        { timeout: 20_000 },
      )
      .toEqual([{ state: 'dead', replays: 1, count: 250 }]);
  });
});
