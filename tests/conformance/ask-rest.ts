import { type Claims, claimsOf, type TestDatabase, type TestPostgrest } from '../src/index.ts';
import { rest } from '../src/rest.ts';
import type { Seen, SeenCell } from './ask-sql.ts';
import type { Cell, Role, Verb } from './declare.ts';
import { personOf, type World } from './world.ts';

/** Who asks PostgREST: a person with a token; nobody; or somebody whose token claims the role of the service. */
export function whoFor(role: Role): Claims | null {
  if (role === 'mm_anon') return null;
  const person = personOf[role];
  return person === null ? claimsOf('priya', { role }) : claimsOf(person);
}

/** Does `work` for each item, a few at a time. */
export async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: 6 }, lane));
}

const methods = { select: 'GET', insert: 'POST', update: 'PATCH', delete: 'DELETE' } as const satisfies Record<
  Verb,
  string
>;

function codeOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : '';
}

async function askRow(postgrest: TestPostgrest, cell: Cell, world: World, value: unknown): Promise<Seen> {
  const { object, role, verb, relation } = cell;
  const column = cell.column ?? '';
  const name = object.name.slice('api.'.length);
  const filter = `${object.key}=eq.${encodeURIComponent(world.keyOf(object.rowsOf, relation, role))}`;
  const path = { select: `${filter}&select=${column}`, insert: '', update: filter, delete: filter }[verb];
  const { status, body, headers } = await rest(postgrest, whoFor(role), `/${name}?${path}`, {
    method: methods[verb],
    headers: { prefer: 'return=minimal,count=exact' },
    ...(verb === 'insert' || verb === 'update' ? { body: { [column]: value } } : {}),
  });
  if (status === 401 || status === 403) return 'denied';
  // A column of a view that is computed can be written by nobody.
  if (status >= 400 && ['0A000', '55000'].includes(codeOf(body))) return 'denied';
  if (status >= 400) return `failed: ${status} ${JSON.stringify(body)}`;
  if (verb === 'insert') return 'allowed';
  return headers.get('content-range')?.endsWith('/0') ? 'hidden' : 'allowed';
}

/** PostgREST serves the schema api and nothing else: of every other object it must not even say that it is there. */
async function askOutside(postgrest: TestPostgrest, { object, role, verb }: Cell): Promise<Seen> {
  const [schema, name] = object.name.split('.');
  const { status } = await rest(postgrest, whoFor(role), `/${name}`, {
    method: methods[verb],
    headers: { 'accept-profile': schema ?? '', 'content-profile': schema ?? '' },
    ...(verb === 'insert' || verb === 'update' ? { body: {} } : {}),
  });
  return status === 406 || status === 401 || status === 403 ? 'denied' : `failed: ${status}`;
}

/** Asks every cell over HTTP. A right that is denied does not depend on the row, so it is asked for once for all relations. */
export async function askCellsByRest(
  database: TestDatabase,
  postgrest: TestPostgrest,
  cells: readonly Cell[],
  world: World,
): Promise<SeenCell[]> {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const inApi = cell.object.name.startsWith('api.');
    const name = [cell.role, cell.object.name, inApi ? cell.column : '', cell.verb].join(' ');
    groups.set(name, [...(groups.get(name) ?? []), cell]);
  }
  const seen: SeenCell[] = [];
  await eachOf([...groups.values()], async (group) => {
    let answer: Seen | undefined;
    for (const cell of group) {
      if (answer !== 'denied') {
        answer = cell.object.name.startsWith('api.')
          ? await askRow(postgrest, cell, world, await currentValue(database, cell, world))
          : await askOutside(postgrest, cell);
      }
      seen.push({ cell, seen: answer });
    }
  });
  return seen;
}

/** What the column holds, so that an update that is allowed changes nothing. */
async function currentValue(database: TestDatabase, cell: Cell, world: World): Promise<unknown> {
  if (cell.verb !== 'update') return null;
  const { rows } = await database.admin.query<{ value: unknown }>(
    `select to_jsonb(o.${cell.column}) as value from ${cell.object.name} o where o.${cell.object.key}::text = $1`,
    [world.keyOf(cell.object.rowsOf, cell.relation, cell.role)],
  );
  return rows[0]?.value ?? null;
}

/** What PostgREST is expected to answer: the declared outcome, for what it serves. */
export function expectedByRest({ object, role, outcome }: Cell): Seen {
  return object.name.startsWith('api.') && role !== 'mm_service' ? outcome : 'denied';
}
