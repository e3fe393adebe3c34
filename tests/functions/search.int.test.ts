import { afterAll, beforeAll, expect, test } from 'vitest';
import { only, profileOf } from '../src/arrange.ts';
import { createTestDatabase, type PersonaName, personas, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
const made: Record<string, string> = {};
const publicId = 'QrStUvWxYz23';

beforeAll(async () => {
  database = await createTestDatabase();
  const [amelia, ben] = await Promise.all([
    profileOf(database, personas.amelia.subject),
    profileOf(database, personas.ben.subject),
  ]);
  await profileOf(database, personas.priya.subject);
  const video = async (coach: string, title: string) =>
    only(
      await database.admin.query<{ id: string }>(
        `insert into app.videos (coach_id, title, status) values ($1, $2, 'uploading') returning id`,
        [coach, title],
      ),
    ).id;
  made.squat = await video(amelia, 'Back squat at 100%');
  made.press = await video(amelia, 'Press_out');
  made.bens = await video(ben, 'Squat of Ben');
  const link = async (videoId: string, coach: string, label: string | null, id: string) =>
    only(
      await database.admin.query<{ id: string }>(
        `insert into app.share_tokens (video_id, coach_id, created_by, public_id, secret_hash, label, expires_at)
         values ($1, $2, $2, $3::text, sha256(convert_to($3::text, 'UTF8')), $4, now() + interval '2 days') returning id`,
        [videoId, coach, id, label],
      ),
    ).id;
  made.link = await link(made.squat, amelia, 'Squad in Hobart', publicId);
  made.bensLink = await link(made.bens, ben, 'Squad of Ben', 'BbBbBbBbBb22');
});
afterAll(() => database?.close());

const find = (who: PersonaName, words: string) =>
  database.asUser(who, async (client) => {
    const { rows } = await client.query<{ kind: string; id: string }>('select kind, id from api.search($1)', [words]);
    return rows.map(({ kind, id }) => `${kind} ${id}`).sort();
  });

test('a coach finds their own videos and links, whatever the case, and nobody else’s', async () => {
  expect(await find('amelia', 'SQU')).toEqual([`share_link ${made.link}`, `video ${made.squat}`].sort());
  expect(await find('ben', 'squ')).toEqual([`share_link ${made.bensLink}`, `video ${made.bens}`].sort());
});

test('an admin finds those of everybody, and people', async () => {
  expect(await find('priya', 'squa')).toEqual(
    [`share_link ${made.link}`, `share_link ${made.bensLink}`, `video ${made.squat}`, `video ${made.bens}`].sort(),
  );
  expect((await find('priya', personas.ben.name)).map((found) => found.split(' ')[0])).toContain('person');
});

test('a coach finds no people, not even themself', async () => {
  expect(await find('amelia', personas.amelia.name)).toEqual([]);
});

test('a link is found by its whole public id, and not by a part of it', async () => {
  expect(await find('amelia', publicId)).toEqual([`share_link ${made.link}`]);
  expect(await find('amelia', publicId.slice(0, 6))).toEqual([]);
});

test('signs that mean something in a pattern are looked for as they are', async () => {
  expect(await find('amelia', '0%')).toEqual([`video ${made.squat}`]);
  expect(await find('amelia', 's_o')).toEqual([`video ${made.press}`]);
  expect(await find('amelia', '%%')).toEqual([]);
  expect(await find('amelia', '\\\\')).toEqual([]);
});

test('a video that was deleted is not found', async () => {
  await database.admin.query(`update app.videos set status = 'cancelled' where id = $1`, [made.press]);
  expect(await find('amelia', 'press')).toEqual([`video ${made.press}`]);
});

test('one character is refused, and so are 201', async () => {
  for (const words of ['x', ' x ', 'x'.repeat(201)]) {
    expect(await refusalOf(find('amelia', words))).toMatchObject({ status: 422, code: 'request.invalid' });
  }
});

test('two characters are looked for among the newest ten thousand, and three everywhere', async () => {
  const coach = await profileOf(database, personas.ben.subject);
  await database.admin.query(
    `insert into app.videos (coach_id, title, status, created_at)
     select $1, case n when 1 then 'Zq old' when 10001 then 'Zq new' else 'Row ' || n end, 'uploading', now() + n * interval '1 s'
     from generate_series(1, 10001) n`,
    [coach],
  );
  const titles = (words: string) =>
    database.asUser('priya', async (client) => {
      const { rows } = await client.query<{ title: string }>('select title from api.search($1)', [words]);
      return rows.map(({ title }) => title);
    });
  expect(await titles('zq')).toEqual(['Zq new']);
  expect(await titles('zq o')).toEqual(['Zq old']);
  expect(await titles('zq ')).toEqual(['Zq new']);
});
