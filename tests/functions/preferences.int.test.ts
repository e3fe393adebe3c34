import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { only, profileOf } from '../src/arrange.ts';
import { createTestDatabase, type PersonaName, personas, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await profileOf(database, personas.amelia.subject);
  await profileOf(database, personas.ben.subject);
});
beforeEach(() => database.admin.query('delete from app.preferences; delete from app.saved_views'));
afterAll(() => database?.close());

const act = (who: PersonaName, statement: string, values: unknown[]) =>
  database.asUser(who, (client) => client.query<{ id: string }>(statement, values), { keep: true });
const rows = (who: PersonaName, statement: string) =>
  database.asUser(who, async (client) => (await client.query(statement)).rows);
const prefer = (who: PersonaName, ...values: (string | null)[]) =>
  act(who, 'select * from api.set_preferences($1, $2, $3)', values);
const save = (who: PersonaName, ...values: string[]) => act(who, 'select * from api.save_view($1, $2, $3)', values);

test('a person has one row of preferences, which is theirs alone', async () => {
  await prefer('amelia', 'Australia/Perth', 'de', 'compact');
  await prefer('amelia', 'Asia/Kolkata', null, 'comfortable');
  const shown = 'select time_zone, language, density from api.my_preferences';
  expect(await rows('amelia', shown)).toEqual([{ time_zone: 'Asia/Kolkata', language: null, density: 'comfortable' }]);
  expect(await rows('ben', shown)).toEqual([]);
});

test('names of zones are taken, and nothing else that PostgreSQL would take for one', async () => {
  for (const zone of ['Australia/Sydney', 'America/Argentina/Buenos_Aires', 'Etc/GMT+10', 'UTC']) {
    await prefer('amelia', zone, null, 'comfortable');
  }
  for (const zone of ['', 'Sydney', 'AEST', '+10', 'Australia/Nowhere', '../etc/passwd', 'UTC; drop', 'EST5EDT']) {
    const refusal = await refusalOf(prefer('amelia', zone, null, 'comfortable'));
    expect(refusal, zone).toMatchObject({ status: 422, code: 'request.invalid' });
  }
});

test('a view is saved under its name, replaced by one of the same name, and deleted', async () => {
  const first = only(await save('amelia', 'videos', 'Ready', 'status=ready')).id;
  const again = only(await save('amelia', 'videos', ' Ready ', 'status=ready&sort=title')).id;
  expect(again).toBe(first);
  await save('amelia', 'share_tokens', 'Ready', '');
  await save('ben', 'videos', 'Ready', 'q=ben');
  const shown = 'select list, name, query from api.my_saved_views order by list';
  expect(await rows('amelia', shown)).toEqual([
    { list: 'share_tokens', name: 'Ready', query: '' },
    { list: 'videos', name: 'Ready', query: 'status=ready&sort=title' },
  ]);
  await act('amelia', 'select * from api.delete_view($1)', [first]);
  expect(await rows('amelia', shown)).toEqual([{ list: 'share_tokens', name: 'Ready', query: '' }]);
});

test('the hundred and first view is refused, and one of the hundred can still be replaced', async () => {
  await act('amelia', `select api.save_view('videos', 'View ' || n, '') from generate_series(1, 100) n`, []);
  expect(await refusalOf(save('amelia', 'videos', 'One more', ''))).toMatchObject({
    status: 409,
    code: 'view.limit',
  });
  await save('amelia', 'videos', 'View 7', 'q=seven');
});
