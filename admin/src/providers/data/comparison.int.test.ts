import { claimsOf, createTestDatabase, type TestDatabase } from '@mm/tests';
import postgrestRestProvider from '@raphiniert/ra-data-postgrest';
import type { CrudFilter, CrudSort, DataProvider } from '@refinedev/core';
import { dataProvider as supabaseProvider } from '@refinedev/supabase';
import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDataProvider } from './index.ts';
import { makeSpecimens } from './specimens.fixture.ts';
import { truthOf } from './truth.fixture.ts';

let database: TestDatabase;
let origin: string;
let send: typeof fetch;
let sent: { method: string; query: string }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await makeSpecimens(database);
  const postgrest = await database.startPostgrest();
  origin = postgrest.url;
  const token = await postgrest.signToken(claimsOf('amelia', { exp: Math.floor(Date.now() / 1000) + 1800 }));
  send = (input, init) => {
    // Supabase serves PostgREST below this path.
    const url = new URL(String(input).replace('/rest/v1/', '/'));
    sent.push({ method: init?.method ?? 'GET', query: decodeURIComponent(url.search.replaceAll('+', ' ')) });
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${token}`);
    headers.delete('apikey');
    return fetch(url, { ...init, headers });
  };
});
afterAll(async () => database.close());

/** ra-data-postgrest has filters of its own: `name@operator`. Undefined where it has none for it. */
type Question = { says: string; filters: CrudFilter[]; ra?: Record<string, unknown>; sorters?: CrudSort[] };

const of = (field: string, operator: string, value: unknown): CrudFilter => ({ field, operator, value }) as CrudFilter;
const one = (operator: string, field: string, value: unknown, ra?: Record<string, unknown>): Question => ({
  says: `\`${operator}\` ${JSON.stringify(value)}`,
  filters: [of(field, operator, value)],
  ...(ra ? { ra } : {}),
});

const injected = 'x,id.gt.0';
const questions: Question[] = [
  one('eq', 'count', 3, { 'count@eq': 3 }),
  one('eq', 'note', null, { 'note@is': null }),
  one('ne', 'count', 3, { 'count@neq': 3 }),
  one('ne', 'note', null, { 'note@not.is': null }),
  one('lt', 'count', 3, { 'count@lt': 3 }),
  one('lte', 'count', 3, { 'count@lte': 3 }),
  one('gt', 'count', 3, { 'count@gt': 3 }),
  one('gte', 'count', 3, { 'count@gte': 3 }),
  one('in', 'note', ['a*b', 'Plain Words, twice'], { 'note@in': '(a*b,Plain Words, twice)' }),
  one('in', 'note', ['quote " and comma, (brackets)', 'sure'], { 'note@in': '(quote " and comma, (brackets),sure)' }),
  one('in', 'note', [null, 'a*b'], { 'note@in': '(null,a*b)' }),
  one('nin', 'count', [1, 2], { 'count@not.in': '(1,2)' }),
  one('null', 'note', true, { 'note@is': null }),
  one('nnull', 'note', true, { 'note@not.is': null }),
  one('ina', 'tags', ['common'], { 'tags@cs': '{common}' }),
  one('ina', 'tags', ['a),id.not.is.null,or(title.eq.x'], { 'tags@cs': '{a),id.not.is.null,or(title.eq.x}' }),
  one('nina', 'tags', ['common'], { 'tags@not.cs': '{common}' }),
  one('between', 'count', [1, 3], { '@and': { 'count@gte': 1, 'count@lte': 3 } }),
  one('nbetween', 'count', [1, 3], { '@or': { 'count@lt': 1, 'count@gt': 3 } }),
  one('contains', 'note', 'PLAIN', { 'note@ilike': 'PLAIN' }),
  one('contains', 'note', '0%', { 'note@ilike': '0%' }),
  one('contains', 'note', 'r_s', { 'note@ilike': 'r_s' }),
  one('contains', 'note', 'a*b', { 'note@ilike': 'a*b' }),
  one('contains', 'note', 'words, tw', { 'note@ilike': 'words, tw' }),
  one('containss', 'note', 'Plain', { 'note@like': 'Plain' }),
  one('ncontains', 'note', 'plain', { 'note@not.ilike': 'plain' }),
  one('ncontainss', 'note', 'Plain', { 'note@not.like': 'Plain' }),
  one('startswith', 'note', 'PLAIN'),
  one('startswiths', 'note', 'Plain'),
  one('nstartswith', 'note', 'plain'),
  one('nstartswiths', 'note', 'plain'),
  one('endswith', 'note', 'SURE'),
  one('endswiths', 'note', 'sure'),
  one('nendswith', 'note', 'SURE'),
  one('nendswiths', 'note', 'sure'),
  {
    says: '`or` of two',
    filters: [{ operator: 'or', value: [of('note', 'eq', 'a*b'), of('count', 'eq', 3)] as never }],
    ra: { '@or': { 'note@eq': 'a*b', 'count@eq': 3 } },
  },
  {
    says: `\`or\` with the value \`${injected}\``,
    filters: [{ operator: 'or', value: [of('note', 'eq', injected), of('count', 'eq', 99)] as never }],
    ra: { '@or': { 'note@eq': injected, 'count@eq': 99 } },
  },
  {
    says: '`or` of an `and`, nested',
    filters: [
      {
        operator: 'or',
        value: [
          of('count', 'eq', 0),
          { operator: 'and', value: [of('flag', 'eq', true), of('count', 'gt', 3)] },
        ] as never,
      },
    ],
    ra: { '@or': { 'count@eq': 0, '@and': { 'flag@eq': true, 'count@gt': 3 } } },
  },
  {
    says: 'a column of a related row',
    filters: [of('keepers.name', 'eq', 'Cy')],
    ra: { 'keepers.name@eq': 'Cy' },
  },
];

type Outcome = { request: string; ids: number[] | string };

async function outcome(ask: () => Promise<{ data: unknown[] }>): Promise<Outcome> {
  sent = [];
  const ids = await ask().then(
    ({ data }) => data.map((row) => Number((row as { id: unknown }).id)).sort((a, b) => a - b),
    (error: unknown) => `${(error as { status?: number; statusCode?: number; code?: string }).code ?? 'an error'}`,
  );
  return { request: sent.map(({ query }) => conditionsOf(query)).join(' ; ') || 'nothing was sent', ids };
}

/** The address without what is the same in every question. */
function conditionsOf(query: string): string {
  return query
    .replace(/^\?/, '')
    .split(/&(?=[\w.>[\]-]+=)/)
    .filter((part) => !/^(select=(?:\*|id)$|offset=|limit=|order=|columns=)/.test(part))
    .join('&');
}

const providers = {
  here: () => createDataProvider({ url: origin, fetch: send }),
  supabase: () =>
    supabaseProvider(createClient(origin, 'key', { db: { schema: 'api' }, global: { fetch: send } })) as DataProvider,
};

const raProvider = () => {
  const make =
    (postgrestRestProvider as unknown as { default?: typeof postgrestRestProvider }).default ?? postgrestRestProvider;
  return make({
    apiUrl: origin,
    httpClient: async (url: string, options: { method?: string; headers?: Headers; body?: string } = {}) => {
      const response = await send(url, options as RequestInit);
      const body = await response.text();
      if (!response.ok) throw JSON.parse(body);
      return { status: response.status, headers: response.headers, body, json: JSON.parse(body) };
    },
    defaultListOp: 'eq',
    primaryKeys: new Map(),
    schema: () => '',
    sortOrder: 'asc,desc' as never,
  });
};

async function compare({ says, filters, ra }: Question): Promise<string[]> {
  const { sql, values } = truthOf(filters);
  const { rows } = await database.admin.query<{ id: number }>(
    `select s.id from api.specimens s where ${sql} order by id`,
    values,
  );
  const truth = rows.map(({ id }) => id);
  const cell = ({ request, ids }: Outcome) => {
    const verdict =
      typeof ids === 'string'
        ? `✗ ${ids}`
        : JSON.stringify(ids) === JSON.stringify(truth)
          ? '✓'
          : `✗ ${ids.length} rows`;
    return `${verdict} \`${request.replaceAll('|', '\\|').replaceAll('`', "'")}\``;
  };
  const pagination = { currentPage: 1, pageSize: 100 };
  const asked = { resource: 'specimens', filters, pagination, meta: { select: 'id' } };
  const cells = [];
  for (const provider of Object.values(providers)) cells.push(cell(await outcome(() => provider().getList(asked))));
  cells.push(
    ra === undefined
      ? 'no such filter'
      : cell(
          await outcome(() =>
            raProvider().getList('specimens', {
              pagination: { page: 1, perPage: 100 },
              sort: { field: 'id', order: 'ASC' },
              filter: Object.fromEntries(
                Object.entries(ra).filter(([, value]) => value !== undefined || value === null),
              ),
            } as never),
          ),
        ),
  );
  return [`${says.replaceAll('|', '\\|')} (${truth.length} rows)`, ...cells];
}

it('every question of the table, as each provider sends it and PostgREST answers it', {
  timeout: 120_000,
}, async () => {
  const lines = [];
  for (const question of questions) {
    const cells = await compare(question);
    expect(cells[1]).toMatch(/^✓/);
    lines.push(`| ${cells.join(' | ')} |`);
  }
  const table = [
    '# The same questions, as three data providers send them',
    '',
    '<!-- Written by comparison.int.test.ts from what was sent and answered; do not edit. -->',
    '',
    '✓: the rows that SQL finds. ✗: other rows, or a refusal with its code. Addresses are shown decoded, without page, order and columns.',
    'Of ra-data-postgrest the filter is written as its documentation says (`name@operator`); it takes the values as they are.',
    '',
    '| question | this provider | @refinedev/supabase 6.0.2 | ra-data-postgrest 2.5.1 |',
    '|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
  await expect(table).toMatchFileSnapshot('comparison.md');
});
