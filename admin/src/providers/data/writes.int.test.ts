import { claimsOf, createTestDatabase, type TestDatabase } from '@mm/tests';
import type { DataProvider } from '@refinedev/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { authorisedFetch } from '../auth/authorised-fetch.ts';
import type { Session } from '../auth/session.ts';
import { createDataProvider } from './index.ts';
import { makeSpecimens, notes } from './specimens.fixture.ts';

let database: TestDatabase;
let provider: Required<DataProvider>;
let url: string;
let sign: (claims?: Record<string, unknown>) => Promise<string>;
let sent: { method: string; url: URL }[] = [];

const resources = { marks: { primaryKey: ['specimen_id', 'name'] } };

beforeAll(async () => {
  database = await createTestDatabase();
  await makeSpecimens(database);
  const postgrest = await database.startPostgrest({ maxRows: 10 });
  url = postgrest.url;
  sign = (claims = {}) =>
    postgrest.signToken(claimsOf('amelia', { exp: Math.floor(Date.now() / 1000) + 1800, ...claims }));
  const token = await sign();
  const fetchIt: typeof fetch = (input, init) => {
    sent.push({ method: init?.method ?? 'GET', url: new URL(String(input)) });
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${token}`);
    return fetch(input, { ...init, headers });
  };
  provider = createDataProvider({
    url,
    maxRows: 10,
    idBudget: 400,
    resources,
    fetch: fetchIt,
  }) as Required<DataProvider>;
});
afterAll(async () => database.close());
beforeEach(() => {
  sent = [];
});

const specimens = { resource: 'specimens', meta: { select: 'id,title,version' } };

describe('a key of several columns', () => {
  const [id, other] = ['[7,"size, \\"big\\""]', '[7,"colour"]'];

  it('makes ids by which a row is read, changed and deleted', async () => {
    const { data } = await provider.getOne({ resource: 'marks', id });
    expect(data).toEqual({ specimen_id: 7, name: 'size, "big"', score: 5, id });
    await provider.update({ resource: 'marks', id, variables: { score: 1 } });
    const many = await provider.getMany({ resource: 'marks', ids: [id, other, id] });
    expect(many.data.map((row) => [row.id, row.score])).toEqual(
      expect.arrayContaining([
        [id, 1],
        [other, 3],
      ]),
    );
    expect(many.data).toHaveLength(2);
    await provider.deleteOne({ resource: 'marks', id });
    await expect(provider.getOne({ resource: 'marks', id })).rejects.toMatchObject({ statusCode: 404 });
    const { data: made } = await provider.create({
      resource: 'marks',
      variables: { specimen_id: 7, name: 'size, "big"', score: 5 },
      meta: { select: 'score' },
    });
    expect(made).toMatchObject({ id, score: 5 });
  });

  it.each(['7', '[7]', '[7,"a","b"]', '{"a":1,"b":2}', '[7,null]', '[7,[1]]', 'x'])(
    '“%s” is not one of them: 400',
    async (bad) => {
      await expect(provider.getOne({ resource: 'marks', id: bad })).rejects.toMatchObject({
        statusCode: 400,
        code: 'query.bad_key',
      });
      expect(sent).toEqual([]);
    },
  );

  it('is what rows are changed by in bulk, and missed rows are told by', async () => {
    const attempt = provider.updateMany({ resource: 'marks', ids: [other, '[7,"none"]'], variables: { score: 3 } });
    await expect(attempt).rejects.toMatchObject({ statusCode: 409, details: { missed: ['[7,"none"]'] } });
  });
});

describe('many ids', () => {
  const ids = notes.map((_, index) => index + 1);

  it('are read in as few requests as they fit into, each id once', async () => {
    const uuids = Array.from(
      { length: 40 },
      (_, n) => `00000000-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`,
    );
    const { data } = await provider.getMany({
      resource: 'specimens',
      ids: [...uuids, ...uuids],
      meta: { primaryKey: 'uid', select: 'uid' },
    });
    expect(new Set(data.map((row) => row.id)).size).toBe(10);
    // Eight of these take 376 characters of 400.
    expect(sent).toHaveLength(5);
    for (const request of sent) expect(request.url.search.length).toBeLessThan(500);
  });

  it('are written in one request where they fit, and answered with the rows as they are', async () => {
    const { data } = await provider.updateMany({ ...specimens, ids: [1, 2, 3], variables: { title: 'Renamed' } });
    expect(data.map((row) => [row.id, row.title])).toEqual([
      [1, 'Renamed'],
      [2, 'Renamed'],
      [3, 'Renamed'],
    ]);
    expect(sent.map(({ method }) => method)).toEqual(['PATCH']);
  });

  it('that do not fit are written in several, and all of them are', async () => {
    const many = [...ids, ...Array.from({ length: 30 }, (_, n) => 1000 + n)];
    const attempt = provider.updateMany({ ...specimens, ids: many, variables: { title: 'All' } });
    await expect(attempt).rejects.toMatchObject({
      code: 'rows.partly_written',
      details: { missed: many.filter((id) => id >= 1000), written: { length: ids.length } },
    });
    expect(sent.length).toBeGreaterThan(1);
  });

  it('that none can be written of are a 409 that names them all; of none at all nothing is', async () => {
    await expect(provider.deleteMany({ ...specimens, ids: [901, 902] })).rejects.toMatchObject({
      statusCode: 409,
      details: { written: [], missed: [901, 902] },
    });
    sent = [];
    expect((await provider.deleteMany({ ...specimens, ids: [] })).data).toEqual([]);
    expect((await provider.getMany({ ...specimens, ids: [] })).data).toEqual([]);
    expect(sent).toEqual([]);
  });

  it('a request that fails after others were written is told with what they wrote', async () => {
    const rows = notes.map((_, index) => ({ specimen_id: index + 1, name: 'size, "big"' }));
    const keys = rows
      .filter((row) => row.specimen_id % 3 > 0)
      .map((row) => JSON.stringify([row.specimen_id, row.name]));
    // The last one's score may not change.
    await database.admin.query(
      `create function api.refuse() returns trigger language plpgsql as $$
       begin if old.specimen_id = 23 then raise exception using errcode = 'PT409', message = 'Kept.', hint = 'mark.kept'; end if; return new; end $$;
       create trigger refuse before update on api.marks for each row execute function api.refuse()`,
    );
    const attempt = provider.updateMany({ resource: 'marks', ids: keys, variables: { score: 9 } });
    const error = await attempt.catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ code: 'rows.partly_written', cause: { code: 'mark.kept', statusCode: 409 } });
    const { rows: nine } = await database.admin.query('select from api.marks where score = 9');
    expect((error as { details: { written: unknown[] } }).details.written).toHaveLength(nine.length);
    await database.admin.query('drop trigger refuse on api.marks');
  });

  it('several new rows are one request: all of them, or none', async () => {
    const variables = [
      { specimen_id: 3, name: 'one', score: 1 },
      { specimen_id: 3, name: 'two', score: -1 },
    ];
    await expect(provider.createMany({ resource: 'marks', variables })).rejects.toMatchObject({ code: '23514' });
    const { rows } = await database.admin.query(`select from api.marks where specimen_id = 3`);
    expect(rows).toEqual([]);
    expect(sent).toHaveLength(1);
  });
});

describe('a change of an old version', () => {
  it('is a 409 with both: the row as it is now, and what was to be written', async () => {
    const { data: seen } = await provider.getOne({ ...specimens, id: 5 });
    const change = (title: string) =>
      provider.update({
        ...specimens,
        id: 5,
        variables: { title },
        meta: { ...specimens.meta, version: seen.version },
      });
    expect((await change('First')).data).toMatchObject({ title: 'First', version: seen.version + 1 });
    await expect(change('Second')).rejects.toMatchObject({
      statusCode: 409,
      code: 'row.version_conflict',
      details: { current: { title: 'First', version: seen.version + 1 }, attempted: { title: 'Second' } },
    });
  });

  it('of a row that is gone is a 404', async () => {
    const attempt = provider.update({ ...specimens, id: 999, variables: { title: 'x' }, meta: { version: 1 } });
    await expect(attempt).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe('what a constraint refuses stands at its field', () => {
  const create = (variables: object) => provider.create({ resource: 'marks', variables });

  it.each([
    ['23502', 400, { specimen_id: 3, name: 'a' }, 'score'],
    ['23503', 409, { specimen_id: 999, name: 'a', score: 1 }, 'specimen_id'],
    ['23505', 409, { specimen_id: 7, name: 'colour', score: 1 }, 'name'],
    ['23514', 400, { specimen_id: 3, name: 'a', score: -1 }, 'score'],
  ])('%s, with the HTTP status that came', async (code, statusCode, variables, field) => {
    await expect(create(variables)).rejects.toMatchObject({
      statusCode,
      code,
      errors: { [field]: [expect.stringMatching(/\.$/)] },
    });
  });

  it('what is no constraint has no field', async () => {
    const error = await create({ specimen_id: 'seven', name: 'a', score: 1 }).catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ statusCode: 400, code: '22P02' });
    expect(error).not.toHaveProperty('errors');
  });
});

describe('custom', () => {
  it('asks a function for rows with filters and an order, as of a list', async () => {
    const { data } = await provider.custom({
      url: 'rpc/specimens_of',
      method: 'get',
      query: { keeper: 2 },
      filters: [
        { field: 'amount', operator: 'nnull', value: true },
        { field: 'keepers.name', operator: 'startswith', value: 'bo' },
      ],
      sorters: [{ field: 'id', order: 'desc' }],
      meta: { many: true, select: 'id,amount' },
    });
    const { rows } = await database.admin.query(
      'select id, amount::float8 from api.specimens where keeper_id = 2 and amount is not null order by id desc',
    );
    expect(rows.length).toBeGreaterThan(1);
    expect(data).toEqual(rows);
  });

  it('writes a list as CSV, whole, though no answer holds it', async () => {
    const { data } = await provider.custom({
      url: 'csv/specimens',
      method: 'get',
      filters: [{ field: 'keepers.id', operator: 'gt', value: 0 }],
      sorters: [{ field: 'note', order: 'asc' }],
      meta: { select: 'id,note' },
    });
    const { rows } = await database.admin.query<{ line: string }>(
      `select id || ',' || case when note is null then '' when note ~ '[",\\n\\\\]' or note = '' or note = '\\.'
         then '"' || replace(note, '"', '""') || '"' else note end as line
       from api.specimens where keeper_id is not null order by note, id`,
    );
    expect(sent).toHaveLength(2);
    const unquoted = (text: string) => text.replaceAll('"', '');
    expect(unquoted(String(data)).trimEnd()).toBe(unquoted(['id,note', ...rows.map(({ line }) => line)].join('\n')));
  });

  it.each(['*', 'id,keepers(name)', 'id, note'])('a CSV of “%s” is refused', async (select) => {
    await expect(provider.custom({ url: 'csv/specimens', method: 'get', meta: { select } })).rejects.toMatchObject({
      code: 'query.bad_value',
    });
  });
});

describe('a token that has died', () => {
  const session = (tokens: (string | null)[]): Session & { asked: boolean[] } => {
    const asked: boolean[] = [];
    return {
      asked,
      async token(renew = false) {
        asked.push(renew);
        return tokens[Math.min(asked.length, tokens.length) - 1] ?? null;
      },
      confirm: async () => true,
      signIn: async () => undefined,
      signOut: async () => undefined,
      signOutEverywhere: async () => undefined,
    };
  };
  const read = (who: Session) =>
    createDataProvider({ url, fetch: authorisedFetch(who) }).getOne({ ...specimens, id: 6 });

  it('is renewed once, and the person notices nothing', async () => {
    const who = session([await sign({ exp: 1 }), await sign()]);
    expect((await read(who)).data.id).toBe(6);
    expect(who.asked).toEqual([false, true]);
  });

  it('and whose successor is refused as well is a 401', async () => {
    const who = session([await sign({ exp: 1 }), await sign({ exp: 2 })]);
    await expect(read(who)).rejects.toMatchObject({ statusCode: 401 });
    expect(who.asked).toEqual([false, true]);
  });
});

it('a function that nobody waits for any more is given up', async () => {
  const request = new AbortController();
  const answer = provider.custom({
    url: 'rpc/specimens_of',
    method: 'post',
    payload: { keeper: 1 },
    meta: { many: true, queryContext: { signal: request.signal } as never },
  });
  request.abort();
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
});
