import { createTestDatabase, type TestDatabase } from '@mm/tests';
import { Registry } from '@prometheus-io/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { givenVideo } from '../test/fixtures.ts';
import { type Database, openDatabase } from './db/database.ts';
import { observeState } from './state-telemetry.ts';

let testDatabase: TestDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase?.close());

const connect = (url = testDatabase.serviceUrl): Database =>
  openDatabase({ url, poolMax: 3, applicationName: 'mm-api', onConnectionError: () => undefined });

/** A registry that shows the state of `database`, and the number behind one of its lines. */
function observed(database: Database, maxAgeMs?: number) {
  const registry = new Registry();
  observeState(registry, database, maxAgeMs);
  return async (series: string): Promise<number | undefined> => {
    const line = (await registry.metrics()).split('\n').find((each) => each.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length + 1));
  };
}

it('shows what stands in the database, and asks again only after a while, however often it is scraped', async () => {
  const database = connect();
  try {
    const always = observed(database, 0);
    const cached = observed(database);
    const before = await always('mm_uploads{state="requested"}');
    expect(await cached('mm_uploads{state="requested"}')).toBe(before);
    await givenVideo(testDatabase, { ready: false });
    expect(await always('mm_uploads{state="requested"}')).toBe((before ?? 0) + 1);
    expect(await cached('mm_uploads{state="requested"}')).toBe(before);
    expect(await always('mm_webhook_inbox_events{provider="mux",state="dead"}')).toBe(0);
    expect(await always('mm_alerts_open{severity="critical",state="firing"}')).toBe(0);
    expect(await always('mm_state_readable')).toBe(1);
  } finally {
    await database.close();
  }
});

it('shows no value at all while the database is away, rather than an old one, and says so', async () => {
  const database = connect();
  const value = observed(database, 0);
  expect(await value('mm_uploads_of_day{state="ready"}')).toBeDefined();
  await database.close();
  expect(await value('mm_uploads_of_day{state="ready"}')).toBeUndefined();
  expect(await value('mm_state_readable')).toBe(0);
});
