import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type PersonaName, type TestDatabase, type TestPostgrest } from '../src/index.ts';
import { rest } from '../src/rest.ts';

type ApiFunction = { name: string; names: string[]; types: string[]; role: PersonaName };

let database: TestDatabase;
let postgrest: TestPostgrest;
let functions: ApiFunction[];
let knownIds: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  postgrest = await database.startPostgrest();
  const { rows } = await database.admin.query<
    Omit<ApiFunction, 'role'> & { by_admin: boolean; by_coach: boolean; by_compliance: boolean }
  >(`
    select p.proname::text as name,
           has_function_privilege('mm_admin', p.oid, 'execute') as by_admin,
           has_function_privilege('mm_coach', p.oid, 'execute') as by_coach,
           has_function_privilege('mm_compliance', p.oid, 'execute') as by_compliance,
           coalesce((select array_agg(a.name order by a.position) from unnest(p.proargnames, p.proargmodes) with ordinality
             a (name, mode, position) where coalesce(a.mode, 'i') in ('i', 'b')), '{}') as names,
           (select coalesce(array_agg(format_type(t, null) order by o), '{}') from unnest(p.proargtypes::oid[]) with ordinality t (t, o)) as types
    from pg_proc p where p.pronamespace = 'api'::regnamespace and p.prokind = 'f' order by 1`);
  functions = rows.map(({ name, names, types, by_admin, by_coach, by_compliance }) => ({
    name,
    names,
    types,
    role: by_admin ? 'priya' : by_coach ? 'amelia' : by_compliance ? 'helen' : 'tomas',
  }));
  const profiles = await database.admin.query<{ id: string }>('select id from app.profiles');
  knownIds = profiles.rows.map(({ id }) => id);
});
afterAll(() => database?.close());

/** Text that people, browsers and attackers send. */
const nastyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\u202e',
    '\uffff',
    "'",
    "''; drop table app.videos; --",
    '%s%n%$1',
    '$1',
    '{}',
    '[]',
    '"',
    'null',
    'NaN',
    '../../etc/passwd',
    '<script>alert(1)</script>',
    '=cmd|calc',
    '\\',
    '\r\n',
    'infinity',
    '-infinity',
    '𝕏'.repeat(3_000),
  ),
  fc.integer({ min: 1_000, max: 60_000 }).map((length) => 'x'.repeat(length)),
);

const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -1, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e308, 900, 901, 5_000_000_001),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
);

function argumentOf(type: string): fc.Arbitrary<unknown> {
  const fitting: fc.Arbitrary<unknown>[] = [];
  if (type.startsWith('uuid')) fitting.push(fc.uuid(), fc.constantFrom(...knownIds));
  if (type.startsWith('timestamp')) {
    fitting.push(
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.constantFrom('infinity', '-infinity', 'now', '294277-01-01T00:00:00Z', '0000-00-00', '4714-11-24 BC'),
    );
  }
  if (/int|numeric/.test(type)) fitting.push(number);
  if (type === 'boolean') fitting.push(fc.boolean());
  if (type.startsWith('json')) fitting.push(fc.jsonValue());
  if (type.endsWith('[]')) fitting.push(fc.array(argumentOf(type.slice(0, -2)), { maxLength: 5 }));
  // A value that fits more often than not, so that the inside of the function is reached; and everything else.
  return fc.oneof(
    { weight: 6, arbitrary: fitting.length === 0 ? nastyText : fc.oneof(...fitting) },
    { weight: 1, arbitrary: nastyText },
    { weight: 1, arbitrary: number },
    { weight: 1, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc.oneof(
        fc.array(nastyText, { maxLength: 3 }),
        fc.dictionary(fc.string(), nastyText, { maxKeys: 3 }),
        fc.boolean(),
      ),
    },
  );
}

function bodyOf({ names, types }: ApiFunction): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.fromEntries(names.map((name, i) => [name, argumentOf(types[i] ?? 'text')]));
  return fc.record(fields, { requiredKeys: names });
}

/** A code that programs can rely on: one of ours in the hint of a PTxyz, or one of PostgREST's or PostgreSQL's own. */
function expectStableCode(name: string, status: number, body: unknown, sent: unknown): void {
  const told = JSON.stringify(body);
  const context = `${name} ${JSON.stringify(sent).slice(0, 500)} -> ${status} ${told}`;
  expect(status, context).toBeLessThan(500);
  if (status < 400) return;
  const { code, hint } = body as { code?: string; hint?: string };
  expect(code, context).toMatch(/^(PT4\d\d|PGRST\d{3}|22\w{3}|42883)$/);
  if (code?.startsWith('PT')) expect(hint, context).toMatch(/^[a-z_]+\.[a-z_]+$/);
  expect(told, context).not.toMatch(
    /PL\/pgSQL|SQL statement|at line|\bnode_modules\b|\.ts:|insert into|select .* from /i,
  );
}

test('every function of the api is among those tried', async () => {
  expect(functions.length).toBeGreaterThanOrEqual(6);
  for (const { names, types, name } of functions)
    expect({ name, count: names.length }).toEqual({ name, count: types.length });
});

test('whatever the arguments, a function of the api answers with its result or a stable code, never with a 5xx or with SQL', {
  timeout: 120_000,
}, async () => {
  for (const declared of functions) {
    await fc.assert(
      fc.asyncProperty(bodyOf(declared), async (sent) => {
        const { status, body } = await rest(postgrest, declared.role, `/rpc/${declared.name}`, {
          method: 'POST',
          body: sent,
        });
        expectStableCode(declared.name, status, body, sent);
      }),
      { numRuns: 60 },
    );
  }
});

test('nor does a body that is no object of arguments', async () => {
  for (const declared of functions) {
    for (const sent of [[], [{}], null, 'text', 42, { nothing: { like: 'it' } }, Array(50).fill({})]) {
      const { status, body } = await rest(postgrest, declared.role, `/rpc/${declared.name}`, {
        method: 'POST',
        body: sent,
      });
      expectStableCode(declared.name, status, body, sent);
    }
  }
});
