import type { TestDatabase, TestPostgrest } from '../src/index.ts';
import { rest } from '../src/rest.ts';
import { eachOf, whoFor } from './ask-rest.ts';
import type { CallOutcome, DeclaredCall } from './declarations/calls.ts';
import { type DeclaredFunction, type Role, roles } from './declare.ts';
import type { Answer, Ask } from './probe.ts';
import type { World } from './world.ts';

const nowhere = '01900000-0000-7000-8000-000000000000';

function literal(value: unknown): string {
  return value === null ? 'null' : `'${String(value).replaceAll("'", "''")}'`;
}

/** A call with nulls for arguments: whoever may not execute the function is told so before it looks at them. */
function callWithNulls(signature: string): string {
  const [name, types = ''] = signature.slice(0, -1).split('(');
  const nulls = types === '' ? [] : types.split(',').map((type) => `null::${type}`);
  return `select ${name}(${nulls.join(', ')})`;
}

function mayNotExecute(answer: Answer, signature: string): boolean {
  if (!('error' in answer) || answer.error !== '42501') return false;
  const name = signature.slice(signature.indexOf('.') + 1, signature.indexOf('('));
  return answer.message === `permission denied for function ${name}` || answer.message.includes('denied for schema');
}

/** Role × function, on a door of SQL: one line for each answer that was not declared. */
export async function askFunctions(
  as: (role: Role) => Ask,
  functions: readonly DeclaredFunction[],
  door: string,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const role of roles) {
    const answers = await as(role)(functions.map(({ signature }) => callWithNulls(signature)));
    functions.forEach(({ signature, roles: may }, i) => {
      const executed = !mayNotExecute(answers[i] ?? { rows: 0 }, signature);
      if (executed !== may.includes(role)) {
        wrong.push(`${door}: ${role} ${executed ? 'executes' : 'may not execute'} ${signature}`);
      }
    });
  }
  return wrong;
}

/** The same over HTTP: functions of the api by the declaration, all others not at all. */
export async function askFunctionsByRest(
  database: TestDatabase,
  postgrest: TestPostgrest,
  functions: readonly DeclaredFunction[],
): Promise<string[]> {
  const { rows } = await database.admin.query<{ signature: string; names: string[] | null }>(
    `select p.oid::regprocedure::text as signature,
            (select array_agg(a.name order by a.position)
             from unnest(p.proargnames, coalesce(p.proargmodes, array_fill('i'::"char", array[cardinality(p.proargnames)])))
                  with ordinality a (name, mode, position)
             where a.mode in ('i', 'b')) as names
     from pg_proc p where p.pronamespace = 'api'::regnamespace`,
  );
  const argumentsOf = new Map(rows.map((row) => [row.signature, row.names ?? []]));
  const wrong: string[] = [];
  const asked = functions.flatMap((declared) => roles.map((role) => ({ declared, role })));
  await eachOf(asked, async ({ declared: { signature, roles: may }, role }) => {
    const name = signature.slice(signature.indexOf('.') + 1, signature.indexOf('('));
    const body = Object.fromEntries((argumentsOf.get(signature) ?? []).map((argument) => [argument, null]));
    const { status } = await rest(postgrest, whoFor(role), `/rpc/${name}`, { method: 'POST', body });
    const served = signature.startsWith('api.');
    const executed = served ? status !== 401 && status !== 403 : status !== 404 && status !== 401 && status !== 403;
    if (executed !== (served && may.includes(role))) wrong.push(`rest: ${role} calls ${signature}: ${status}`);
  });
  return wrong;
}

type CallOnRow = {
  call: DeclaredCall;
  role: Role;
  outcome: CallOutcome;
  values: Record<string, unknown>;
  title: string;
};

/** Each declared call with its arguments, for each role and relation. */
export function expandCalls(calls: readonly DeclaredCall[], world: World): CallOnRow[] {
  return calls.flatMap((call) =>
    roles.flatMap((role) =>
      (['own', 'other', 'nobody'] as const).flatMap((relation): CallOnRow[] => {
        const outcome = call.outcomes[role]?.[relation];
        if (outcome === undefined) return [];
        const key = relation === 'nobody' || call.on === null ? nowhere : world.keyOf(call.on.table, relation, role);
        const values = call.on === null ? call.values : { ...call.values, [call.on.argument]: key };
        return [{ call, role, outcome, values, title: `${role} calls ${call.name} on ${relation}: ${call.rule}` }];
      }),
    ),
  );
}

function outcomeOf(answer: Answer): string {
  if ('rows' in answer) return 'done';
  return answer.error.startsWith('PT')
    ? `${answer.error.slice(2)} ${answer.hint}`
    : `${answer.error} ${answer.message}`;
}

/** The calls on a door of SQL: one line for each outcome that was not declared. */
export async function askCalls(as: (role: Role) => Ask, calls: readonly CallOnRow[], door: string): Promise<string[]> {
  const wrong: string[] = [];
  for (const role of roles) {
    const mine = calls.filter((one) => one.role === role);
    const answers = await as(role)(
      mine.map(({ call, values }) => {
        const named = Object.entries(values).map(([name, value]) => `${name} => ${literal(value)}`);
        if (call.versioned === true && call.on !== null) {
          named.push(
            `version => (select version from ${call.on.table} where id = ${literal(values[call.on.argument])})`,
          );
        }
        return `select * from ${call.name}(${named.join(', ')})`;
      }),
    );
    mine.forEach(({ title, outcome }, i) => {
      const seen = outcomeOf(answers[i] ?? { rows: 0 });
      if (seen !== outcome) wrong.push(`${door}: ${title}: declared ${outcome}, seen ${seen}`);
    });
  }
  return wrong;
}

/** The calls over HTTP, one after the other, since what is done there stays. */
export async function askCallsByRest(postgrest: TestPostgrest, calls: readonly CallOnRow[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const { call, role, values, outcome, title } of calls) {
    const path = `/rpc/${call.name.slice('api.'.length)}`;
    const seenVersion = call.versioned === true ? await versionByRest(postgrest, call, role, values) : {};
    const { status, body } = await rest(postgrest, whoFor(role), path, {
      method: 'POST',
      body: { ...values, ...seenVersion },
    });
    const hint = typeof body === 'object' && body !== null && 'hint' in body ? String(body.hint) : '';
    const seen = status === 200 ? 'done' : `${status} ${hint}`;
    if (seen !== outcome) wrong.push(`rest: ${title}: declared ${outcome}, seen ${seen}`);
  }
  return wrong;
}

/** The version of the row that a call acts on, as its caller sees it; null for a row that they do not see. */
async function versionByRest(
  postgrest: TestPostgrest,
  { on }: DeclaredCall,
  role: Role,
  values: Record<string, unknown>,
): Promise<{ version: number | null }> {
  if (on === null) return { version: null };
  const view = on.table.slice(on.table.indexOf('.') + 1);
  const { body } = await rest(postgrest, whoFor(role), `/${view}?select=version&id=eq.${values[on.argument]}`);
  const [row] = Array.isArray(body) ? body : [];
  return { version: typeof row?.version === 'number' ? row.version : null };
}
