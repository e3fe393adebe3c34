import { claimsOf, createTestDatabase, type TestDatabase } from '@mm/tests';
import type { CrudFilter, CrudSort, DataProvider } from '@refinedev/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataProvider } from './index.ts';
import {
  adjacentTo,
  beginningAfter,
  containedIn,
  containing,
  distinctFrom,
  endingBefore,
  fullText,
  notBefore,
  notBeyond,
  overlapping,
  Range,
  truth,
} from './matching.ts';
import { questions, textOperators } from './questions.fixture.ts';
import { makeSpecimens, notes } from './specimens.fixture.ts';
import { truthOf } from './truth.fixture.ts';

let database: TestDatabase;
let provider: DataProvider;

beforeAll(async () => {
  database = await createTestDatabase();
  await makeSpecimens(database);
  const postgrest = await database.startPostgrest();
  const token = await postgrest.signToken(claimsOf('amelia', { exp: Math.floor(Date.now() / 1000) + 1800 }));
  provider = createDataProvider({
    url: postgrest.url,
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set('authorization', `Bearer ${token}`);
      return fetch(input, { ...init, headers });
    },
  });
});
afterAll(async () => database.close());

async function found(filters: CrudFilter[], sorters?: CrudSort[], meta: object = {}): Promise<unknown[]> {
  const { data } = await provider.getList({
    resource: 'specimens',
    filters,
    ...(sorters ? { sorters } : {}),
    pagination: { mode: 'off' },
    meta: { select: 'id', ...meta },
  });
  return data.flatMap((row) => Object.values(row));
}

async function inSql(where: string, values: readonly unknown[] = [], orderBy = 's.id'): Promise<number[]> {
  const { rows } = await database.admin.query<{ id: number }>(
    `select s.id from api.specimens s where ${where} order by ${orderBy}`,
    [...values],
  );
  return rows.map(({ id }) => id);
}

/** Puts many questions, a few at a time, and lists those that were answered otherwise than in SQL. */
async function differences(all: readonly CrudFilter[][]): Promise<unknown[]> {
  const different: unknown[] = [];
  const waiting = [...all];
  const work = async () => {
    for (let filters = waiting.shift(); filters; filters = waiting.shift()) {
      const { sql, values } = truthOf(filters);
      const [answer, truth] = await Promise.all([found(filters).catch(String), inSql(sql, values)]);
      if (JSON.stringify(answer) !== JSON.stringify(truth)) different.push({ filters, answer, truth });
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
  return different;
}

describe('a question finds exactly the rows that the same question in SQL finds', () => {
  const all = questions();

  it('for every operator on every kind of column, alone and nested', { timeout: 240_000 }, async () => {
    expect(all.length).toBeGreaterThan(700);
    expect(await differences(all)).toEqual([]);
  });

  it('and the questions are worth asking: most find some rows and not all', async () => {
    const sizes = await Promise.all(
      all
        .filter((_, index) => index % 10 === 0)
        .map(async (filters) => {
          const { sql, values } = truthOf(filters);
          return (await inSql(sql, values)).length;
        }),
    );
    const telling = sizes.filter((size) => size > 0 && size < notes.length);
    expect(telling.length / sizes.length).toBeGreaterThan(0.6);
  });
});

describe('what Refine has no operator for', () => {
  const cases: [field: string, condition: ReturnType<typeof truth>, sql: string][] = [
    ['tags', overlapping(['common', 'a*b']), `s.tags && array['common', 'a*b']`],
    ['tags', containedIn(['common', 'a*b']), `s.tags <@ array['common', 'a*b']`],
    ['tags', containing(['a),id.not.is.null,or(title.eq.x']), `s.tags @> array['a),id.not.is.null,or(title.eq.x']`],
    ['span', overlapping(new Range(1, 3, '[)')), `s.span && '[1,3)'`],
    ['span', containing(new Range(2, 3)), `s.span @> '[2,3]'`],
    ['span', containedIn(new Range(null, 6)), `s.span <@ '(,6]'`],
    ['span', endingBefore(new Range(5, 6)), `s.span << '[5,6]'`],
    ['span', beginningAfter(new Range(1, 2)), `s.span >> '[1,2]'`],
    ['span', notBeyond(new Range(1, 6)), `s.span &< '[1,6]'`],
    ['span', notBefore(new Range(4, 5)), `s.span &> '[4,5]'`],
    ['span', adjacentTo(new Range(5, 6, '[)')), `s.span -|- '[5,6)'`],
    [
      'period',
      overlapping(new Range(new Date('2026-01-04T00:00:00Z'), null)),
      `s.period && tstzrange('2026-01-04T00:00:00Z', null)`,
    ],
    ['data', containing({ kind: 'odd', deep: { level: 1 } }), `s.data @> '{"kind":"odd","deep":{"level":1}}'`],
    ['data->deep->>level', distinctFrom('1'), `s.data -> 'deep' ->> 'level' is distinct from '1'`],
    ['note', distinctFrom('a*b'), `s.note is distinct from 'a*b'`],
    ['flag', truth(true), 's.flag is true'],
    ['flag', truth(false), 's.flag is false'],
    ['flag', truth('unknown'), 's.flag is unknown'],
    ['note', fullText('plain -twice'), `to_tsvector(s.note) @@ websearch_to_tsquery('plain -twice')`],
    ['note', fullText('(( & sure !', { syntax: 'plain' }), `to_tsvector(s.note) @@ plainto_tsquery('(( & sure !')`],
    [
      'note',
      fullText('comma brackets', { syntax: 'phrase', language: 'english' }),
      `to_tsvector('english', s.note) @@ phraseto_tsquery('english', 'comma brackets')`,
    ],
    [
      'keepers.details',
      containing({ shift: 'night' }),
      `exists (select from api.keepers k where k.id = s.keeper_id and k.details @> '{"shift":"night"}')`,
    ],
  ];

  it.each(cases)('%s %j', async (field, value, sql) => {
    const truthIds = await inSql(sql);
    expect(truthIds.length).toBeGreaterThan(0);
    expect(await found([{ field, operator: 'eq', value }])).toEqual(truthIds);
    const negated = field.includes('.') ? sql.replace('and k', 'and not k') : `not (${sql})`;
    expect(await found([{ field, operator: 'ne', value }])).toEqual(await inSql(negated));
  });
});

describe('an order', () => {
  const cases: [CrudSort[], object, string][] = [
    [[{ field: 'count', order: 'asc' }], {}, 's.count, s.id'],
    [[{ field: 'count', order: 'desc' }], {}, 's.count desc, s.id desc'],
    [[{ field: 'count', order: 'desc' }], { nullsLast: ['count'] }, 's.count desc nulls last, s.id desc'],
    [[{ field: 'count', order: 'asc' }], { nullsFirst: ['count'] }, 's.count nulls first, s.id'],
    [
      [
        { field: 'flag', order: 'desc' },
        { field: 'day', order: 'asc' },
      ],
      {},
      's.flag desc, s.day, s.id',
    ],
    [[{ field: 'data->>text', order: 'asc' }], {}, `s.data ->> 'text', s.id`],
    [
      [{ field: 'keepers.name', order: 'asc' }],
      {},
      '(select k.name from api.keepers k where k.id = s.keeper_id), s.id',
    ],
    [
      [
        { field: 'keepers.region', order: 'desc' },
        { field: 'keepers.rank', order: 'asc' },
      ],
      { nullsLast: ['keepers.region'] },
      `(select k.region from api.keepers k where k.id = s.keeper_id) desc nulls last,
       (select k.rank from api.keepers k where k.id = s.keeper_id), s.id`,
    ],
  ];

  it.each(cases)('%j %j', async (sorters, meta, orderBy) => {
    expect(await found([], sorters, meta)).toEqual(await inSql('true', [], orderBy));
  });

  it('by the row two relations away is refused, not ignored', async () => {
    await expect(found([], [{ field: 'marks.specimens.title', order: 'asc' }])).rejects.toMatchObject({
      statusCode: 400,
      code: 'query.bad_field',
    });
  });
});

describe('a condition on a related row', () => {
  it('leaves what is shown of the relation as it is, and itself unseen', async () => {
    const { data } = await provider.getList({
      resource: 'specimens',
      filters: [{ field: 'marks.name', operator: 'eq', value: 'colour' }],
      pagination: { pageSize: 1 },
      meta: { select: 'id,marks(name)' },
    });
    expect(data).toEqual([{ id: 1, marks: [{ name: 'colour' }, { name: 'size, "big"' }] }]);
  });

  it('may be several relations away', async () => {
    const { data } = await provider.getList({
      resource: 'marks',
      filters: [{ field: 'specimens.keepers.name', operator: 'contains', value: 'BO (B' }],
      pagination: { mode: 'off' },
      meta: { select: 'specimen_id,name', primaryKey: ['specimen_id', 'name'] },
    });
    const { rows } = await database.admin.query(
      `select m.specimen_id, m.name from api.marks m join api.specimens s on s.id = m.specimen_id join api.keepers k on k.id = s.keeper_id
       where k.id = 2 order by 1, 2`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(data).toEqual(rows.map((row) => ({ ...row, id: JSON.stringify([row.specimen_id, row.name]) })));
  });
});

describe('whatever is typed', () => {
  const nasty = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'",.()\\%_*{}&=|<>:!^$?+[]-\'\u0000 aB9') }),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(...notes.filter((note) => note !== null)),
  );
  const typed: fc.Arbitrary<CrudFilter> = fc.oneof(
    fc.record({
      field: fc.constantFrom('note', 'title', 'data->>text', 'keepers.name', 'marks.name'),
      operator: fc.constantFrom('eq' as const, 'ne' as const, 'lt' as const, 'gte' as const, ...textOperators),
      value: nasty,
    }),
    fc.record({
      field: fc.constantFrom('note', 'title'),
      operator: fc.constantFrom('in' as const, 'nin' as const, 'between' as const, 'nbetween' as const),
      value: fc.tuple(nasty, nasty),
    }),
    fc.record({
      field: fc.constant('tags'),
      operator: fc.constantFrom('ina' as const, 'nina' as const),
      value: fc.array(nasty),
    }),
    fc.record({
      field: fc.constant('note'),
      operator: fc.constantFrom('eq' as const, 'ne' as const),
      value: nasty.map((text) => fullText(text)),
    }),
    fc.record({
      field: fc.constant('tags'),
      operator: fc.constant('eq' as const),
      value: fc.array(nasty).map(overlapping),
    }),
  );
  const either = fc
    .array(typed, { minLength: 1, maxLength: 3 })
    .map((value): CrudFilter => ({ operator: 'or', value: value as never }));

  it('the answer stays within what the page allows, and is no error', { timeout: 240_000 }, async () => {
    const allowed = await inSql('s.keeper_id = 2');
    expect(allowed.length).toBeGreaterThan(3);
    await fc.assert(
      fc.asyncProperty(either, async (filter) => {
        const answer = await found([{ field: 'keeper_id', operator: 'eq', value: 2 }, filter]);
        expect(allowed).toEqual(expect.arrayContaining(answer));
      }),
      { numRuns: 250 },
    );
  });
});
