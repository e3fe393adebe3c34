import { claimsOf, createTestDatabase, type PersonaName, type TestDatabase, type TestPostgrest } from '@mm/tests';
import type { CrudFilter, CrudSort, DataProvider } from '@refinedev/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataProvider } from './index.ts';

type Row = { id: string; title: string; description: string | null; version: number };

/** Stored texts that mean something to PostgREST, LIKE, regular expressions or JSON. */
const descriptions = [
  null,
  'plain words',
  'Plain Words, twice',
  '100% sure',
  '100 sure',
  'under_score',
  'underXscore',
  'a*b',
  'aXXb',
  'back\\slash',
  'quote " and comma, (brackets)',
  'a),id.not.is.null,or(title.eq.x',
  'null',
  '(?i)^.*$',
  'line\nbreak',
  'größe ∞ 🙂',
];

let database: TestDatabase;
let postgrest: TestPostgrest;
const ids = new Map<string, string[]>();

async function as(who: PersonaName, claims: Record<string, unknown> = {}): Promise<DataProvider> {
  const token = await postgrest.signToken(claimsOf(who, claims));
  return createDataProvider({
    url: postgrest.url,
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set('authorization', `Bearer ${token}`);
      return fetch(input, { ...init, headers });
    },
  });
}

beforeAll(async () => {
  database = await createTestDatabase();
  for (const coach of ['amelia', 'ben']) {
    const { rows } = await database.admin.query<{ id: string }>(
      `insert into app.videos (coach_id, title, description, status, duration_seconds)
       select p.id, 'Video ' || d.n, d.description, (array['ready', 'errored', 'uploading'])[d.n % 3 + 1],
              case when d.n % 4 > 0 then d.n % 5 end
       from app.profiles p, unnest($2::text[]) with ordinality as d(description, n)
       where p.subject like 'user_' || $1 || '%'
       order by d.n returning id`,
      [coach, descriptions],
    );
    ids.set(
      coach,
      rows.map(({ id }) => id),
    );
  }
  postgrest = await database.startPostgrest();
});
afterAll(async () => database.close());

async function titles(provider: DataProvider, filters: CrudFilter[]): Promise<string[]> {
  const { data } = await provider.getList<Row>({ resource: 'videos', filters, pagination: { mode: 'off' } });
  return data.map(({ title }) => title).sort();
}

/** The same question put to the database in SQL, as the table's owner but about Amelia's rows only. */
async function expected(predicate: string, ...values: unknown[]): Promise<string[]> {
  const { rows } = await database.admin.query<{ title: string }>(
    `select title from app.videos
     where coach_id = (select id from app.profiles where subject = 'user_amelia_hart') and (${predicate})`,
    values,
  );
  return rows.map(({ title }) => title).sort();
}

describe('each filter finds exactly the rows that SQL finds', () => {
  const cases: [CrudFilter, string, ...unknown[]][] = [
    [{ field: 'title', operator: 'eq', value: 'Video 2' }, 'title = $1', 'Video 2'],
    [{ field: 'title', operator: 'ne', value: 'Video 2' }, 'title <> $1', 'Video 2'],
    [{ field: 'description', operator: 'eq', value: null }, 'description is null'],
    [{ field: 'description', operator: 'ne', value: null }, 'description is not null'],
    [{ field: 'description', operator: 'eq', value: 'null' }, 'description = $1', 'null'],
    [{ field: 'description', operator: 'null', value: true }, 'description is null'],
    [{ field: 'description', operator: 'nnull', value: true }, 'description is not null'],
    [{ field: 'duration_seconds', operator: 'lt', value: 3 }, 'duration_seconds < 3'],
    [{ field: 'duration_seconds', operator: 'gte', value: 3 }, 'duration_seconds >= 3'],
    [{ field: 'duration_seconds', operator: 'between', value: [1, 3] }, 'duration_seconds between 1 and 3'],
    [{ field: 'duration_seconds', operator: 'between', value: [null, 2] }, 'duration_seconds <= 2'],
    [{ field: 'duration_seconds', operator: 'nbetween', value: [1, 3] }, 'duration_seconds not between 1 and 3'],
    [{ field: 'status', operator: 'in', value: ['ready', 'errored'] }, `status in ('ready', 'errored')`],
    [{ field: 'status', operator: 'nin', value: ['ready', 'errored'] }, `status not in ('ready', 'errored')`],
    [{ field: 'status', operator: 'in', value: [] }, 'false'],
    [{ field: 'status', operator: 'nin', value: [] }, 'true'],
    [{ field: 'description', operator: 'in', value: [null, 'a*b'] }, `description is null or description = $1`, 'a*b'],
    [
      { field: 'description', operator: 'nin', value: [null, 'a*b', '100% sure'] },
      `description is not null and description not in ('a*b', '100% sure')`,
    ],
    [{ field: 'description', operator: 'in', value: [''] }, `description = ''`],
    [{ field: 'description', operator: 'contains', value: '0%' }, `position('0%' in description) > 0`],
    [{ field: 'description', operator: 'contains', value: 'r_s' }, `position('r_s' in description) > 0`],
    [{ field: 'description', operator: 'contains', value: 'A*B' }, `position('a*b' in description) > 0`],
    [{ field: 'description', operator: 'contains', value: 'k\\s' }, `position($1 in description) > 0`, 'k\\s'],
    [{ field: 'description', operator: 'contains', value: '", ' }, 'false'],
    [{ field: 'description', operator: 'contains', value: 'PLAIN' }, `description ilike '%plain%'`],
    [{ field: 'description', operator: 'containss', value: 'Plain' }, `description like '%Plain%'`],
    [{ field: 'description', operator: 'ncontains', value: 'plain' }, `description not ilike '%plain%'`],
    [{ field: 'description', operator: 'ncontainss', value: 'a*' }, `position('a*' in description) = 0`],
    [{ field: 'description', operator: 'startswith', value: 'plain' }, `description ilike 'plain%'`],
    [{ field: 'description', operator: 'startswiths', value: 'a*' }, `description = 'a*b'`],
    [{ field: 'description', operator: 'nstartswith', value: 'plain' }, `description not ilike 'plain%'`],
    [{ field: 'description', operator: 'endswith', value: 'SURE' }, `description ilike '%sure'`],
    [{ field: 'description', operator: 'endswiths', value: '*b' }, `description = 'a*b'`],
    [{ field: 'description', operator: 'nendswiths', value: 'sure' }, `description not like '%sure'`],
    [
      {
        operator: 'or',
        value: [
          { field: 'description', operator: 'eq', value: 'a),id.not.is.null,or(title.eq.x' },
          {
            operator: 'and',
            value: [
              { field: 'status', operator: 'eq', value: 'ready' },
              { operator: 'or', value: [{ field: 'duration_seconds', operator: 'gt', value: 2 }] },
            ],
          },
        ],
      },
      `description = $1 or (status = 'ready' and duration_seconds > 2)`,
      'a),id.not.is.null,or(title.eq.x',
    ],
  ];

  it.each(cases)('%j', async (filter, predicate, ...values) => {
    expect(await titles(await as('amelia'), [filter])).toEqual(await expected(predicate, ...values));
  });

  it('a chosen end of a day is a moment in time, whatever the zone of the database', async () => {
    const provider = await as('amelia');
    const soon = new Date(Date.now() + 60_000);
    expect(await titles(provider, [{ field: 'created_at', operator: 'lt', value: soon }])).toHaveLength(
      descriptions.length,
    );
    expect(await titles(provider, [{ field: 'created_at', operator: 'gte', value: soon }])).toEqual([]);
  });
});

describe('no value changes the question', () => {
  const nasty = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'",.()\\%_*{}&=|<>:^$?+[]-\'\u0000 aB9') }),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(...descriptions.filter((text) => text !== null)),
  );

  it('a search finds what SQL finds, and never fails', async () => {
    const provider = await as('amelia', { exp: Math.floor(Date.now() / 1000) + 600 });
    await fc.assert(
      fc.asyncProperty(nasty, async (value) => {
        const asStored = value.toWellFormed().replaceAll('\u0000', '\uFFFD');
        const found = await titles(provider, [{ field: 'description', operator: 'containss', value }]);
        expect(found).toEqual(await expected(`position($1 in description) > 0`, asStored));
      }),
      { numRuns: 120 },
    );
  });

  it('inside an or, and in a list', async () => {
    const provider = await as('amelia', { exp: Math.floor(Date.now() / 1000) + 600 });
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (one, two) => {
        const stored = [one, two].map((value) => value.toWellFormed().replaceAll('\u0000', '\uFFFD'));
        const either: CrudFilter = {
          operator: 'or',
          value: [
            { field: 'description', operator: 'eq', value: one },
            { field: 'title', operator: 'eq', value: two },
          ],
        };
        expect(await titles(provider, [either])).toEqual(await expected('description = $1 or title = $2', ...stored));
        const listed: CrudFilter = { field: 'description', operator: 'in', value: [one, two] };
        expect(await titles(provider, [listed])).toEqual(await expected('description = any ($1)', stored));
      }),
      { numRuns: 60 },
    );
  });
});

describe('pages', () => {
  const sorters: CrudSort[] = [{ field: 'duration_seconds', order: 'desc' }];

  it('show every row once, also where many are equal in what is sorted by', async () => {
    const provider = await as('amelia');
    const seen: string[] = [];
    for (const currentPage of [1, 2, 3, 4]) {
      const { data, total } = await provider.getList<Row>({
        resource: 'videos',
        sorters,
        pagination: { currentPage, pageSize: 4 },
      });
      expect(total).toBe(descriptions.length);
      seen.push(...data.map(({ id }) => id));
    }
    expect(seen.sort()).toEqual(ids.get('amelia')?.toSorted());
  });

  it('put empty values last where that is asked', async () => {
    const provider = await as('amelia');
    const last = async (meta: object) => {
      const { data } = await provider.getList<{ id: string; duration_seconds: number | null }>({
        resource: 'videos',
        sorters,
        pagination: { mode: 'off' },
        meta,
      });
      return data.at(-1)?.duration_seconds;
    };
    expect(await last({ nullsLast: ['duration_seconds'] })).toBeNull();
    expect(await last({})).not.toBeNull();
  });

  it('can be told from their length alone whether there are more', async () => {
    const provider = await as('amelia');
    const page = async (currentPage: number) =>
      provider.getList({ resource: 'videos', pagination: { currentPage, pageSize: 10 }, meta: { count: 'none' } });
    expect((await page(1)).total).toBe(11);
    expect((await page(2)).total).toBe(descriptions.length);
  });

  it('beyond the end are a 416, not an empty success', async () => {
    const provider = await as('amelia');
    await expect(
      provider.getList({ resource: 'videos', pagination: { currentPage: 99, pageSize: 10 } }),
    ).rejects.toMatchObject({ statusCode: 416 });
  });

  it('a list that nobody waits for any more is given up', async () => {
    const provider = await as('amelia');
    const request = new AbortController();
    const answer = provider.getList({
      resource: 'videos',
      meta: { queryContext: { signal: request.signal } as never },
    });
    request.abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a row of somebody else', () => {
  const other = () => String(ids.get('ben')?.[0]);

  it('is a 404 to read, not an empty record', async () => {
    const provider = await as('amelia');
    await expect(provider.getOne({ resource: 'videos', id: other() })).rejects.toMatchObject({ statusCode: 404 });
  });

  it('is a 404 to change, and stays as it was', async () => {
    const provider = await as('amelia');
    const attempt = provider.update({ resource: 'videos', id: other(), variables: { title: 'Mine' } });
    await expect(attempt).rejects.toMatchObject({ statusCode: 404 });
    const { data } = await (await as('ben')).getOne<Row>({ resource: 'videos', id: other() });
    expect(data.title).toBe('Video 1');
  });

  it('makes a change of several rows a 409 that names it', async () => {
    const provider = await as('amelia');
    const own = String(ids.get('amelia')?.[0]);
    const attempt = provider.updateMany?.({
      resource: 'videos',
      ids: [own, other()],
      variables: { description: null },
    });
    await expect(attempt).rejects.toMatchObject({
      statusCode: 409,
      code: 'rows.partly_written',
      details: { missed: [other()] },
    });
  });
});

describe('a change', () => {
  it('answers with the row as it is now', async () => {
    const provider = await as('amelia');
    const id = String(ids.get('amelia')?.[1]);
    const { data } = await provider.update<Row>({ resource: 'videos', id, variables: { title: 'Renamed' } });
    expect(data).toMatchObject({ id, title: 'Renamed' });
    await provider.update({ resource: 'videos', id, variables: { title: 'Video 2' } });
  });

  it('from an old version is a 409 that shows the row as somebody else left it', async () => {
    const provider = await as('amelia');
    const id = String(ids.get('amelia')?.[2]);
    const { data: before } = await provider.getOne<Row>({ resource: 'videos', id });
    const change = (title: string) =>
      provider.update<Row>({ resource: 'videos', id, variables: { title }, meta: { version: before.version } });
    await change('First');
    await expect(change('Second')).rejects.toMatchObject({
      statusCode: 409,
      code: 'row.version_conflict',
      details: { current: { title: 'First' } },
    });
    await provider.update({ resource: 'videos', id, variables: { title: 'Video 3' } });
  });

  it('that the table forbids is refused with its HTTP status, in words for people', async () => {
    const provider = await as('amelia');
    const id = String(ids.get('amelia')?.[3]);
    const error = await provider
      .update({ resource: 'videos', id, variables: { coach_id: id } })
      .catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ statusCode: 403, code: '42501', message: 'Your role does not allow this.' });
  });
});

describe('a function', () => {
  const call = async (who: PersonaName, name: string, payload: object) =>
    (await as(who)).custom?.({ url: `rpc/${name}`, method: 'post', payload });

  it('answers one row, and its refusals stand at the fields they are about', async () => {
    const own = String(ids.get('amelia')?.[1]);
    const made = await call('amelia', 'create_share_token', { video_id: own, label: 'For the test' });
    const link = made?.data as { id: string; secret: string };
    expect(link.secret).toMatch(/^[\w-]{22,}$/);

    await expect(call('amelia', 'revoke_share_token', { id: link.id, reason: 'x' })).rejects.toMatchObject({
      statusCode: 422,
      errors: { reason: [expect.any(String)] },
    });
    const revoked = await call('amelia', 'revoke_share_token', { id: link.id, reason: 'Wrong person' });
    expect(revoked?.data).toMatchObject({ id: link.id, last_byte_possible_by: expect.any(String) });
    await expect(call('amelia', 'revoke_share_token', { id: link.id, reason: 'Again' })).rejects.toMatchObject({
      statusCode: 409,
      code: 'share.already_revoked',
    });
  });

  it('of another coach’s thing is a 404 with the rule’s own code', async () => {
    const other = String(ids.get('ben')?.[0]);
    await expect(call('amelia', 'create_share_token', { video_id: other })).rejects.toMatchObject({
      statusCode: 404,
      code: 'video.not_found',
    });
  });

  it('that does not exist is a 404, and a name that is none is not sent at all', async () => {
    await expect(call('amelia', 'drop_everything', {})).rejects.toMatchObject({ statusCode: 404 });
    await expect(call('amelia', '../videos?x', {})).rejects.toMatchObject({ code: 'query.bad_function' });
  });
});

describe('who may not', () => {
  it('is refused with 403 where the role has no business', async () => {
    await expect((await as('amelia')).getList({ resource: 'webhook_events' })).rejects.toMatchObject({
      statusCode: 403,
    });
  });

  it('is a 401 with an expired token', async () => {
    const expired = Math.floor(Date.now() / 1000) - 120;
    await expect((await as('amelia', { exp: expired })).getList({ resource: 'videos' })).rejects.toMatchObject({
      statusCode: 401,
    });
  });

  it('knows a server that is away from one that refuses', async () => {
    const provider = createDataProvider({
      url: postgrest.url,
      fetch: async () => {
        throw new TypeError('Failed to fetch');
      },
    });
    await expect(provider.getList({ resource: 'videos' })).rejects.toMatchObject({
      statusCode: 0,
      code: 'http.unreachable',
    });
  });
});
