import type { ClientBase, Pool } from 'pg';
import { declaredChecks } from './declarations/checks.ts';
import { type DeclaredFunction, type DeclaredObject, type Role, reachOf, roles, type Verb, verbs } from './declare.ts';

type ColumnRight = { object: string; column: string; role: Role; verb: Verb };

const schemas = `('api', 'app', 'audit', 'authz', 'jobs')`;
const relations = `c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition and c.relnamespace::regnamespace::text in ${schemas}`;

/** One line for each thing of the catalogue that nobody declared, and each declaration of what does not exist. */
export async function undeclared(
  client: ClientBase | Pool,
  objects: readonly DeclaredObject[],
  functions: readonly DeclaredFunction[],
): Promise<string[]> {
  return [
    ...(await undeclaredColumns(client, objects)),
    ...(await undeclaredFunctions(client, functions)),
    ...(await undeclaredRights(client, objects)),
    ...(await undeclaredPrivileges(client)),
    ...(await undeclaredPolicies(client, objects)),
    ...compare(
      await texts(
        client,
        `select o.conname as text from pg_constraint o
         where o.contype = 'c' and o.connamespace::regnamespace::text in ${schemas} and o.conislocal and o.conparentid = 0`,
      ),
      declaredChecks,
      'constraint',
    ),
  ];
}

async function texts(client: ClientBase | Pool, query: string, values: unknown[] = []): Promise<string[]> {
  return (await client.query<{ text: string }>(query, values)).rows.map((row) => row.text);
}

function compare(found: string[], declared: string[], what: string): string[] {
  return [
    ...found.filter((name) => !declared.includes(name)).map((name) => `${what} ${name} is not declared`),
    ...declared.filter((name) => !found.includes(name)).map((name) => `${what} ${name} is declared and does not exist`),
  ];
}

async function undeclaredColumns(client: ClientBase | Pool, objects: readonly DeclaredObject[]): Promise<string[]> {
  const found = await texts(
    client,
    `select c.oid::regclass || '.' || a.attname as text
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped where ${relations}`,
  );
  const declared = objects.flatMap(({ name, columns }) => [...columns.keys()].map((column) => `${name}.${column}`));
  return compare(found, declared, 'column');
}

async function undeclaredFunctions(
  client: ClientBase | Pool,
  functions: readonly DeclaredFunction[],
): Promise<string[]> {
  const found = await texts(
    client,
    `select p.oid::regprocedure::text as text from pg_proc p where p.pronamespace::regnamespace::text in ${schemas}`,
  );
  const allowed = await texts(
    client,
    `select r || ' executes ' || p.oid::regprocedure as text
     from pg_proc p, unnest($1::text[]) r
     where p.pronamespace::regnamespace::text in ${schemas} and has_function_privilege(r, p.oid, 'execute')`,
    [roles],
  );
  return [
    ...compare(
      found,
      functions.map(({ signature }) => signature),
      'function',
    ),
    ...compare(
      allowed,
      functions.flatMap((f) => f.roles.map((role) => `${role} executes ${f.signature}`)),
      'right:',
    ),
  ];
}

/** Column privileges, read from the catalogue and compared both ways, whatever rows policies leave. */
async function undeclaredRights(client: ClientBase | Pool, objects: readonly DeclaredObject[]): Promise<string[]> {
  const { rows } = await client.query<ColumnRight>(
    `select c.oid::regclass::text as object, a.attname as column, r as role, v as verb
     from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped,
     unnest($1::text[]) r, unnest(array['select', 'insert', 'update']) v
     where ${relations} and has_column_privilege(r, c.oid, a.attnum, v)
     union all
     select c.oid::regclass::text, '', r, 'delete' from pg_class c, unnest($1::text[]) r
     where ${relations} and has_table_privilege(r, c.oid, 'delete')`,
    [roles],
  );
  const text = (right: ColumnRight) => `${right.role} may ${right.verb} ${right.object}.${right.column}`;
  const declared = objects.flatMap((object) =>
    roles.flatMap((role) =>
      verbs.flatMap((verb) =>
        (verb === 'delete' ? [null] : [...object.columns.keys()])
          .filter((column) => reachOf(object, role, verb, column) !== undefined)
          .map((column) => text({ object: object.name, column: column ?? '', role, verb })),
      ),
    ),
  );
  return compare(rows.map(text), declared, 'right:');
}

/** Privileges that no cell can express, and that nobody has: to truncate, to refer to, to make triggers, to create. */
async function undeclaredPrivileges(client: ClientBase | Pool): Promise<string[]> {
  const found = await texts(
    client,
    `select r || ' may ' || p || ' ' || c.oid::regclass as text
     from pg_class c, unnest($1::text[]) r, unnest(array['truncate', 'references', 'trigger', 'maintain']) p
     where ${relations} and has_table_privilege(r, c.oid, p)
     union all
     select r || ' may create in ' || n.nspname from pg_namespace n, unnest($1::text[]) r
     where (n.nspname in ${schemas} or n.nspname = 'public') and has_schema_privilege(r, n.oid, 'create')
     union all
     select r || ' may use sequence ' || c.oid::regclass
     from pg_class c, unnest($1::text[]) r
     where c.relkind = 'S' and c.relnamespace::regnamespace::text in ${schemas}
       and has_sequence_privilege(r, c.oid, 'usage, select, update')`,
    [roles],
  );
  return found.map((text) => `right: ${text} is not declared`);
}

/** Policies for a role of which no cell says that it reaches a row by that verb. */
async function undeclaredPolicies(client: ClientBase | Pool, objects: readonly DeclaredObject[]): Promise<string[]> {
  const { rows } = await client.query<{ object: string; role: Role; verb: Verb; policy: string }>(
    `select p.polrelid::regclass::text as object, p.polname as policy, r::regrole::text as role, v as verb
     from pg_policy p, unnest(p.polroles) r,
     unnest(case p.polcmd when 'r' then array['select'] when 'a' then array['insert'] when 'w' then array['update']
                          when 'd' then array['delete'] else array['select', 'insert', 'update', 'delete'] end) v`,
  );
  return rows
    .filter(({ object: name, role, verb }) => {
      const object = objects.find((one) => one.name === name);
      if (object === undefined || !roles.includes(role)) return true;
      const columns = verb === 'delete' ? [null] : [...object.columns.keys()];
      const reaches = columns.map((column) => reachOf(object, role, verb, column));
      return !reaches.includes('own') && !reaches.includes('all');
    })
    .map(({ policy, role, verb }) => `right: policy ${policy} lets ${role} ${verb} and is not declared`);
}
