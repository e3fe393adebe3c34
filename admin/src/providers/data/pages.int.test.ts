import { claimsOf, createTestDatabase, type TestDatabase } from '@mm/tests';
import type { CrudSort, DataProvider, GetListParams } from '@refinedev/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataProvider, type PostgrestMeta } from './index.ts';
import type { ListAnswer } from './list.ts';
import { makeSpecimens, notes } from './specimens.fixture.ts';

let database: TestDatabase;
let provider: DataProvider;
const sent: { method: string; url: URL }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await makeSpecimens(database);
  await makeCountedRows(database);
  const postgrest = await database.startPostgrest({ maxRows: 100 });
  const token = await postgrest.signToken(claimsOf('amelia', { exp: Math.floor(Date.now() / 1000) + 1800 }));
  provider = createDataProvider({
    url: postgrest.url,
    maxRows: 100,
    resources: { plays: { paging: 'keyset', required: ['at'], count: 'none' } },
    fetch: (input, init) => {
      sent.push({ method: init?.method ?? 'GET', url: new URL(String(input)) });
      const headers = new Headers(init?.headers);
      headers.set('authorization', `Bearer ${token}`);
      return fetch(input, { ...init, headers });
    },
  });
});
afterAll(async () => database.close());

/** 30,000 rows whose policy tells of every row that is looked at: by a notification, which is all that may leave a reading transaction. */
async function makeCountedRows({ admin }: TestDatabase): Promise<void> {
  await admin.query(`
    create function api.tell(id integer) returns boolean language plpgsql as $$ begin perform pg_notify('rows_read', id::text); return true; end $$;
    create table api.plays (id integer primary key, at timestamptz not null);
    insert into api.plays select n, timestamptz '2026-01-01' + n / 3 * interval '1 minute' from generate_series(1, 30000) n;
    create index plays_at on api.plays (at desc, id desc);
    alter table api.plays enable row level security;
    create policy counted on api.plays for select to mm_coach using (api.tell(id));
    grant execute on function api.tell(integer) to mm_coach;
    grant select on api.plays to mm_coach;
    analyze api.plays`);
}

/** How many rows were looked at during the work. */
async function rowsRead(work: () => Promise<unknown>): Promise<number> {
  const client = await database.admin.connect();
  try {
    await client.query('listen rows_read');
    let count = 0;
    const ended = new Promise<void>((resolve) => {
      client.on('notification', ({ payload }) => {
        if (payload === 'end') resolve();
        else count += 1;
      });
    });
    await work();
    // Notifications arrive in the order of their transactions.
    await client.query(`select pg_notify('rows_read', 'end')`);
    await ended;
    return count;
  } finally {
    client.release(true);
  }
}

async function list(params: Partial<GetListParams> & { meta?: PostgrestMeta }) {
  const answer = (await provider.getList({ resource: 'specimens', ...params })) as ListAnswer;
  return { ...answer, ids: answer.data.map(({ id }) => Number(id)) };
}

async function idsInSql(orderBy: string): Promise<number[]> {
  const { rows } = await database.admin.query<{ id: number }>(`select s.id from api.specimens s order by ${orderBy}`);
  return rows.map(({ id }) => id);
}

describe('pages by keyset', () => {
  const cases: [CrudSort[], PostgrestMeta, string][] = [
    [[], {}, 'id'],
    [[{ field: 'at', order: 'desc' }], { required: ['at'] }, 'at desc, id desc'],
    [[{ field: 'at', order: 'asc' }], { required: ['at'] }, 'at, id'],
    [[{ field: 'count', order: 'asc' }], {}, 'count, id'],
    [[{ field: 'count', order: 'desc' }], {}, 'count desc, id desc'],
    [[{ field: 'count', order: 'asc' }], { nullsFirst: ['count'] }, 'count nulls first, id'],
    [[{ field: 'count', order: 'desc' }], { nullsLast: ['count'] }, 'count desc nulls last, id desc'],
    [[{ field: 'big', order: 'desc' }], {}, 'big desc, id desc'],
    [[{ field: 'note', order: 'asc' }], {}, 'note, id'],
    [
      [
        { field: 'flag', order: 'desc' },
        { field: 'amount', order: 'asc' },
        { field: 'data->>kind', order: 'desc' },
      ],
      {},
      `flag desc, amount, data ->> 'kind' desc, id desc`,
    ],
  ];

  it.each(cases)('show every row once, forwards and back: %j %j', async (sorters, meta, orderBy) => {
    const wanted = await idsInSql(orderBy);
    for (const pageSize of [1, 5, 23, 24]) {
      const page = (cursor?: string) =>
        list({ sorters, pagination: { pageSize }, meta: { ...meta, select: 'id', paging: 'keyset', cursor } });
      const forwards: number[][] = [];
      let at = await page();
      for (forwards.push(at.ids); at.cursor?.next; forwards.push(at.ids)) at = await page(at.cursor?.next);
      expect(forwards.flat()).toEqual(wanted);
      const back = [at.ids];
      for (; at.cursor?.prev; back.unshift(at.ids)) at = await page(at.cursor?.prev);
      expect(back).toEqual(forwards);
      if (pageSize > 1) continue;
      // Each way there and back again leads to the neighbour, whatever is empty in it.
      expect(at.cursor?.prev).toBeUndefined();
    }
  });

  it('read no more rows on page 1,000 than on page 1, while an offset reads all before it', async () => {
    const sorters: CrudSort[] = [{ field: 'at', order: 'desc' }];
    const at = (currentPage: number, cursor?: string) =>
      list({ resource: 'plays', sorters, pagination: { currentPage, pageSize: 25 }, meta: { cursor } });
    const first = await rowsRead(() => at(1));
    const { cursor, ids } = await at(999);
    expect(ids[0]).toBe(30_000 - 998 * 25);
    let deep: number[] = [];
    const seek = await rowsRead(async () => {
      deep = (await at(1000, cursor?.next)).ids;
    });
    expect(deep).toEqual(Array.from({ length: 25 }, (_, index) => 30_000 - 999 * 25 - index));
    expect(await rowsRead(() => at(1000))).toBeGreaterThan(24_000);
    // The rows of the bound's own minute, at most three here, are read and left out.
    expect(first).toBeLessThanOrEqual(27);
    expect(seek).toBeLessThanOrEqual(first + 3);
    const back = (await at(999, (await at(1000, cursor?.next)).cursor?.prev)).ids;
    expect(back).toEqual(ids);
  });

  it('follow Refine’s infinite lists, which put the cursor into the place of the page', async () => {
    const first = await list({ resource: 'plays', pagination: { pageSize: 3 } });
    const second = await list({
      resource: 'plays',
      pagination: { pageSize: 3, currentPage: first.cursor?.next as unknown as number },
    });
    expect([...first.ids, ...second.ids]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each([
    '',
    'x',
    'e30',
    btoa('{"o":"id+l","v":["1","2"],"b":false}'),
    btoa('{"o":"title+l id+l","v":["1","2"],"b":false}'),
  ])('a cursor that is none, or one of another order, is a 400: “%s”', async (cursor) => {
    await expect(list({ meta: { cursor } })).rejects.toMatchObject({ statusCode: 400, code: 'query.bad_cursor' });
  });

  it('a list sorted by a related row has pages by offset, and no cursors', async () => {
    const { cursor, ids } = await list({
      sorters: [{ field: 'keepers.name', order: 'asc' }],
      pagination: { currentPage: 2, pageSize: 5 },
      meta: { paging: 'keyset' },
    });
    expect(cursor).toBeUndefined();
    expect(ids).toHaveLength(5);
  });
});

describe('a total', () => {
  const of = async (resource: string, meta: PostgrestMeta, pageSize = 10) => {
    sent.length = 0;
    const { total, isCapped } = await list({ resource, pagination: { pageSize }, meta });
    return { total, isCapped, requests: sent.length };
  };

  it('exact is the number of rows, in the request of the page', async () => {
    expect(await of('plays', { count: 'exact', paging: 'offset' })).toEqual({ total: 30_000, requests: 1 });
  });

  it('of a first page by keyset comes with the page', async () => {
    expect(await of('plays', { count: 'exact' })).toEqual({ total: 30_000, requests: 1 });
  });

  it('estimated is exact up to the row limit of the server', async () => {
    expect(await of('specimens', { count: 'estimated' })).toEqual({ total: notes.length, requests: 1 });
  });

  it('capped is exact below the cap, and says so where it stopped; it reads no more rows than that', async () => {
    expect(await of('specimens', { count: 'capped' })).toEqual({ total: notes.length, requests: 2 });
    const read = await rowsRead(async () => {
      expect(await of('plays', { count: 'capped' })).toEqual({ total: 100, isCapped: true, requests: 2 });
    });
    expect(read).toBeLessThan(150);
  });

  it('capped is never less than what has been seen', async () => {
    const { total } = await list({
      resource: 'plays',
      pagination: { currentPage: 50, pageSize: 10 },
      meta: { count: 'capped', paging: 'offset' },
    });
    expect(total).toBe(501);
  });

  it('none asks for nothing, and counts what has been seen and one more', async () => {
    expect(await of('plays', { count: 'none' })).toEqual({ total: 11, requests: 1 });
  });

  it('of a page by keyset is of the whole list, not of what is left of it', async () => {
    const { cursor } = await list({ pagination: { pageSize: 10 }, meta: { paging: 'keyset' } });
    for (const count of ['exact', 'estimated', 'capped'] as const) {
      const { total, ids } = await list({ pagination: { pageSize: 10 }, meta: { count, cursor: cursor?.next } });
      expect({ total, first: ids[0] }).toEqual({ total: notes.length, first: 11 });
    }
  });

  it('knows of the conditions on related rows', async () => {
    const filters = [{ field: 'marks.score', operator: 'gte', value: 4 } as const];
    const { ids } = await list({ filters, pagination: { mode: 'off' } });
    for (const count of ['exact', 'capped'] as const) {
      expect((await list({ filters, pagination: { pageSize: 2 }, meta: { count } })).total).toBe(ids.length);
    }
  });
});
