import type { ClientBase } from 'pg';
import { roles } from '../conformance/declare.ts';
import { weakenBodies } from './bodies.ts';

export type MutantKind =
  | 'policy'
  | 'row security'
  | 'grant on table'
  | 'grant on column'
  | 'execute'
  | 'search_path'
  | 'security_invoker'
  | 'check'
  | 'trigger'
  | 'function body'
  | 'role';

/** One rule made weaker: `apply` is SQL for a superuser, run in a transaction that is rolled back. */
export type Mutant = { kind: MutantKind; title: string; target: string; apply: string };

const schemas = `('api', 'app', 'audit', 'authz', 'jobs')`;
const callers = roles.filter((role) => role !== 'mm_service');
const list = (names: readonly string[]) => `array['${names.join("', '")}']`;

const partition = 'not c.relispartition';

/** Queries that answer (title, target, apply) from the catalogue of a deployed database. */
const queries: Partial<Record<MutantKind, string>> = {
  policy: `
    with policy as (
      select p.polname as name, p.polrelid::regclass::text as object, pg_get_expr(p.polqual, p.polrelid) as qual,
             pg_get_expr(p.polwithcheck, p.polrelid) as guard, p.polcmd,
             (select array_agg(r::regrole::text) from unnest(p.polroles) r) as holders
      from pg_policy p)
    select name || ' is dropped' as title, object as target, format('drop policy %I on %s', name, object) as apply from policy
    union all
    select name || ' shows every row', object, format('alter policy %I on %s using (true)', name, object)
    from policy where qual <> 'true'
    union all
    select name || ' lets every row be written', object, format('alter policy %I on %s with check (true)', name, object)
    from policy where guard <> 'true'
    union all
    select name || ' holds for ' || r || ', too', object,
           format('alter policy %I on %s to %s, %s', name, object, array_to_string(holders, ', '), r)
    from policy, unnest(${list(roles)}) r
    where not r = any (holders)
      -- To somebody who reaches every row already it gives nothing.
      and not exists (
        select from policy wider
        where wider.object = policy.object and wider.polcmd = policy.polcmd and wider.qual = 'true' and r = any (wider.holders))`,
  'row security': `
    select c.oid::regclass || ' ' || what as title, c.oid::regclass::text as target,
           format('alter table %s %s row level security', c.oid::regclass, what) as apply
    from pg_class c, unnest(array['disable', 'no force']) what
    where c.relkind in ('r', 'p') and ${partition} and c.relnamespace::regnamespace::text in ${schemas}`,
  'grant on table': `
    select r || ' may ' || v || ' ' || c.oid::regclass as title, c.oid::regclass::text as target,
           format('grant %s on %s to %I', v, c.oid::regclass, r) as apply
    from pg_class c, unnest(${list(roles)}) r, unnest(array['select', 'insert', 'update', 'delete', 'truncate']) v
    where c.relkind in ('r', 'p', 'v') and ${partition} and c.relnamespace::regnamespace::text in ${schemas}
      and not has_table_privilege(r, c.oid, v) and (c.relkind <> 'v' or v <> 'truncate')`,
  // One role for each column and verb, another one from column to column: all seven would be thousands.
  'grant on column': `
    select r || ' may ' || v || ' ' || c.oid::regclass || '.' || a.attname as title, c.oid::regclass::text as target,
           format('grant %s (%I) on %s to %I', v, a.attname, c.oid::regclass, r) as apply
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    cross join unnest(array['select', 'update']) v
    cross join lateral (
      select r from unnest(${list(roles)}) with ordinality as one (r, position)
      where not has_column_privilege(r, c.oid, a.attnum, v)
      order by (position + a.attnum + length(v)) % ${roles.length} limit 1) chosen
    where c.relkind in ('r', 'p', 'v') and ${partition} and c.relnamespace::regnamespace::text in ${schemas}`,
  execute: `
    select p.oid::regprocedure || ' can be executed by ' || r as title, p.oid::regprocedure::text as target,
           format('grant execute on function %s to %s', p.oid::regprocedure, r) as apply
    from pg_proc p, unnest(${list(roles)} || array['public']) r
    where p.pronamespace::regnamespace::text in ${schemas}
      and (r = 'public' or not has_function_privilege(r, p.oid, 'execute'))`,
  search_path: `
    select p.oid::regprocedure || ' takes the search_path of its caller' as title, p.oid::regprocedure::text as target,
           format('alter function %s reset search_path', p.oid::regprocedure) as apply
    from pg_proc p
    where p.pronamespace::regnamespace::text in ${schemas} and p.prosecdef and 'search_path=""' = any (p.proconfig)`,
  security_invoker: `
    select c.oid::regclass || ' shows what its owner sees' as title, c.oid::regclass::text as target,
           format('alter view %s reset (security_invoker)', c.oid::regclass) as apply
    from pg_class c where c.relkind = 'v' and c.relnamespace::regnamespace::text in ${schemas}`,
  check: `
    select o.conname || ' is dropped' as title, o.conrelid::regclass::text as target,
           format('alter table %s drop constraint %I', o.conrelid::regclass, o.conname) as apply
    from pg_constraint o
    where o.contype = 'c' and o.conparentid = 0 and o.conislocal and o.connamespace::regnamespace::text in ${schemas}`,
  trigger: `
    select g.tgname || ' is dropped' as title, g.tgrelid::regclass::text as target,
           format('drop trigger %I on %s', g.tgname, g.tgrelid::regclass) as apply
    from pg_trigger g join pg_class c on c.oid = g.tgrelid
    where not g.tgisinternal and g.tgparentid = 0 and ${partition} and c.relnamespace::regnamespace::text in ${schemas}`,
};

/** Mutants of roles change the whole cluster, so they are for a cluster of one's own. */
const roleQuery = `
  select r || ' bypasses row-level security' as title, 'role' as target, format('alter role %I bypassrls', r) as apply
  from unnest(${list(roles)}) r
  union all
  select r || ' has what an admin has', 'role', format('grant mm_admin to %I with inherit true', r)
  from unnest(${list(roles)}) r where r <> 'mm_admin'
  union all
  select r || ' has no statement_timeout', 'role', format('alter role %I reset statement_timeout', r)
  from unnest(${list(callers)}) r`;

/** Every mutant of what the catalogue holds, in a stable order. */
export async function findMutants(client: ClientBase, { clusterWide }: { clusterWide: boolean }): Promise<Mutant[]> {
  const mutants: Mutant[] = [];
  const all = { ...queries, ...(clusterWide ? { role: roleQuery } : {}) };
  for (const [kind, query] of Object.entries(all)) {
    const { rows } = await client.query<Omit<Mutant, 'kind'>>(`${query} order by 1`);
    mutants.push(...rows.map((row) => ({ kind: kind as MutantKind, ...row })));
  }
  const { rows } = await client.query<{ signature: string; definition: string }>(
    `select p.oid::regprocedure::text as signature, pg_get_functiondef(p.oid) as definition
     from pg_proc p where p.pronamespace::regnamespace::text in ${schemas} order by 1`,
  );
  return [...mutants, ...rows.flatMap(weakenBodies)];
}
