import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@mm/tests';
import { Registry } from '@prometheus-io/client';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../db/database.ts';
import { DatabaseUnavailableError } from '../db/unavailable.ts';
import { FoldTelemetry } from './fold-telemetry.ts';
import { type Folding, foldWebhookEvents } from './fold-webhook-events.ts';

let testDatabase: TestDatabase;
let database: Database;
const open = () =>
  openDatabase({
    url: testDatabase.serviceUrl,
    poolMax: 2,
    applicationName: 'mm-worker',
    onConnectionError: () => undefined,
  });
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = open();
});
afterEach(() => testDatabase.admin.query('drop function if exists public.be_in_trouble() cascade'));
afterAll(async () => {
  await database?.close();
  await testDatabase?.close();
});

async function receive(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const id = randomUUID();
    const body = Buffer.from(JSON.stringify({ id, type: 'video.something.new', data: {} }));
    const { rows } = await testDatabase.service.query<{ id: string }>(
      `select id from app.receive_webhook('mux', $1, 'video.something.new', null, $2, now(), false)`,
      [id, body],
    );
    ids.push(rows[0]?.id ?? '');
  }
  return ids;
}

/** Folding, and what it warned of. */
function startFolding(through = database): { folding: Folding; warnings: { msg: string; events: number }[] } {
  const warnings: { msg: string; events: number }[] = [];
  const log = pino({ level: 'warn' }, { write: (line) => void warnings.push(JSON.parse(line)) });
  return { folding: { database: through, log, telemetry: new FoldTelemetry(new Registry(), through) }, warnings };
}

const states = async (ids: readonly string[]) =>
  (await testDatabase.admin.query('select state, attempts from app.webhook_events where id = any ($1)', [ids])).rows;

const troubled = [{ msg: 'webhook events were not folded, for the database is in trouble', events: 3 }];
const raising = (code: string) => `raise exception 'in trouble' using errcode = '${code}'`;

describe('a database in trouble costs an event none of its attempts, and is said once for the events of a batch', () => {
  it.each([
    ['without disk, at an event', raising('53100'), 'trigger be_in_trouble before update'],
    ['without disk, at the commit', raising('53100'), 'constraint trigger be_in_trouble after update'],
    ['without memory', raising('53200'), 'trigger be_in_trouble before update'],
    ['after another process of it crashed', raising('57P02'), 'trigger be_in_trouble before update'],
    ['ending the connection', 'perform pg_terminate_backend(pg_backend_pid())', 'trigger be_in_trouble before update'],
  ])('%s', async (_name, trouble, trigger) => {
    const ids = await receive(3);
    await testDatabase.admin.query(`
      create function public.be_in_trouble() returns trigger language plpgsql security definer set search_path = '' as $$
        begin ${trouble}; return new; end $$;
      create ${trigger} on app.webhook_events ${trigger.startsWith('constraint') ? 'deferrable initially deferred' : ''}
        for each row execute function public.be_in_trouble()`);
    const { folding, warnings } = startFolding();
    expect(await foldWebhookEvents(folding, ids)).toBe(0);
    expect(warnings).toMatchObject(troubled);
    expect(await states(ids)).toEqual(ids.map(() => ({ state: 'received', attempts: 0 })));

    await testDatabase.admin.query('drop function public.be_in_trouble() cascade');
    expect(await foldWebhookEvents(folding, ids)).toBe(3);
    expect(await states(ids)).toEqual(ids.map(() => ({ state: 'ignored', attempts: 0 })));
  });

  it('away, it is an error of the folding', async () => {
    const ids = await receive(3);
    const away = open();
    await away.close();
    const { folding } = startFolding(away);
    await expect(foldWebhookEvents(folding, ids)).rejects.toThrow(DatabaseUnavailableError);
    expect(await states(ids)).toEqual(ids.map(() => ({ state: 'received', attempts: 0 })));
  });

  it('an event that meets a failure of its own loses an attempt, and its neighbours are folded', async () => {
    const ids = await receive(3);
    await testDatabase.admin.query(`
      create function public.be_in_trouble() returns trigger language plpgsql as $$ begin ${raising('22000')}; end $$;
      create trigger be_in_trouble before update of state on app.webhook_events
        for each row when (new.id = '${ids[1]}' and new.state = 'ignored') execute function public.be_in_trouble()`);
    const { folding } = startFolding();
    expect(await foldWebhookEvents(folding, ids)).toBe(2);
    const kept = await testDatabase.admin.query(
      'select id from app.webhook_events where attempts = 1 and id = any ($1)',
      [ids],
    );
    expect(kept.rows).toEqual([{ id: ids[1] }]);
  });
});
