-- Every fact of the catalogue that a deployment decides: one row each, in the order of the snapshot. `definition` holds what is too long
-- for the snapshot and is compared all the same: bodies of functions and queries of views. Partitions are left out, because their names
-- tell the month in which they were made; what they are follows from their parent.
with ours as (
  select n.oid, n.nspname as name, n.nspacl, n.nspowner
  from pg_catalog.pg_namespace n
  where n.nspname in ('api', 'app', 'audit', 'authz', 'deploy', 'jobs', 'pgboss')),
relation as (
  select c.*, s.name || '.' || c.relname as object,
         case c.relkind when 'r' then 'table' when 'p' then 'table' when 'v' then 'view' when 'm' then 'materialized view'
           when 'S' then 'sequence' when 'f' then 'foreign table' end as kind
  from pg_catalog.pg_class c
  join ours s on s.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and not c.relispartition),
routine as (
  select p.*, s.name || '.' || p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')' as object
  from pg_catalog.pg_proc p
  join ours s on s.oid = p.pronamespace),
-- One row for each object, privilege and role that has it, owners apart.
grants as (
  select 'schema' as section, s.name as object, a.*, s.nspowner as owner, null::text as columns
  from ours s, pg_catalog.aclexplode(s.nspacl) a
  union all
  select r.kind, r.object, a.*, r.relowner, null from relation r, pg_catalog.aclexplode(r.relacl) a
  union all
  select r.kind, r.object, a.*, r.relowner, t.attname
  from relation r
  join pg_catalog.pg_attribute t on t.attrelid = r.oid and not t.attisdropped, pg_catalog.aclexplode(t.attacl) a
  union all
  select 'function', f.object, a.*, f.proowner, null
  from routine f, pg_catalog.aclexplode(coalesce(f.proacl, pg_catalog.acldefault('f', f.proowner))) a
  union all
  select 'database', 'the database', a.*, d.datdba, null
  from pg_catalog.pg_database d, pg_catalog.aclexplode(coalesce(d.datacl, pg_catalog.acldefault('d', d.datdba))) a
  where d.datname = current_database()),
fact (section, object, rank, position, text, definition) as (
  select 'role', r.rolname::text, 0, '', concat_ws(' ',
      'role', r.rolname, case when r.rolcanlogin then 'login' else 'nologin' end,
      case when r.rolinherit then 'inherit' else 'noinherit' end, case when r.rolsuper then 'superuser' end,
      case when r.rolcreaterole then 'createrole' end, case when r.rolcreatedb then 'createdb' end,
      case when r.rolreplication then 'replication' end, case when r.rolbypassrls then 'bypassrls' end), ''
  from pg_catalog.pg_roles r where r.rolname like 'mm\_%'
  union all
  select 'role', r.rolname::text, 1, setting, 'set ' || setting, ''
  from pg_catalog.pg_roles r, unnest(r.rolconfig) setting where r.rolname like 'mm\_%'
  union all
  select 'role', m.member::regrole::text, 2, m.roleid::regrole::text, concat_ws(' ',
      'member of', m.roleid::regrole, case when m.inherit_option then 'inherit' end, case when m.set_option then 'set' end,
      case when m.admin_option then 'admin' end), ''
  from pg_catalog.pg_auth_members m where m.member::regrole::text like 'mm\_%'
  union all
  select 'database', 'the database', 0, '', 'database', ''
  union all
  select 'database', 'the database', 1, e.extname::text, 'extension ' || e.extname, ''
  from pg_catalog.pg_extension e where e.extname <> 'plpgsql'
  union all
  select 'database', 'the database', 2, e.evtname::text, concat_ws(' ', 'event trigger', e.evtname, 'on', e.evtevent), ''
  from pg_catalog.pg_event_trigger e
  union all
  select 'database', 'the database', 3, concat_ws(' ', d.defaclrole::regrole, d.defaclnamespace, d.defaclobjtype, a.grantee, a.privilege_type),
      concat_ws(' ', 'default of', d.defaclrole::regrole, 'in schema ' || nullif(d.defaclnamespace, 0)::regnamespace,
        'grant', lower(a.privilege_type), 'on',
        case d.defaclobjtype when 'r' then 'tables' when 'f' then 'functions' when 'S' then 'sequences' when 'T' then 'types' else 'schemas' end,
        'to', case a.grantee when 0 then 'PUBLIC' else a.grantee::regrole::text end), ''
  from pg_catalog.pg_default_acl d, pg_catalog.aclexplode(d.defaclacl) a where d.defaclrole::regrole::text like 'mm\_%'
  union all
  select 'schema', s.name::text, 0, '', concat_ws(' ', 'schema', s.name, 'owner', s.nspowner::regrole,
      '-- ' || pg_catalog.obj_description(s.oid, 'pg_namespace')), ''
  from ours s
  union all
  select 'type', s.name || '.' || t.typname, 0, '', concat_ws(' ',
      case t.typtype when 'd' then 'domain' else 'enum' end, s.name || '.' || t.typname,
      pg_catalog.format_type(nullif(t.typbasetype, 0), t.typtypmod),
      (select string_agg(l.enumlabel, ', ' order by l.enumsortorder) from pg_catalog.pg_enum l where l.enumtypid = t.oid),
      (select string_agg(pg_catalog.pg_get_constraintdef(c.oid), ' ' order by c.conname) from pg_catalog.pg_constraint c where c.contypid = t.oid)), ''
  from pg_catalog.pg_type t join ours s on s.oid = t.typnamespace where t.typtype in ('d', 'e')
  union all
  select r.kind, r.object, 0, '', concat_ws(' ', r.kind, r.object, 'owner', r.relowner::regrole,
      case when r.relrowsecurity then 'rls' end, case when r.relforcerowsecurity then 'forced' end,
      case when r.relpersistence <> 'p' then 'unlogged' end,
      'partition by ' || pg_catalog.pg_get_partkeydef(r.oid), 'with (' || array_to_string(r.reloptions, ', ') || ')',
      '-- ' || pg_catalog.obj_description(r.oid, 'pg_class')),
    case when r.relkind in ('v', 'm') then pg_catalog.pg_get_viewdef(r.oid) else '' end
  from relation r
  union all
  select r.kind, r.object, 1, to_char(t.attnum, '0000'), concat_ws(' ',
      'column', t.attname, pg_catalog.format_type(t.atttypid, t.atttypmod), case when t.attnotnull then 'not null' end,
      case t.attgenerated when '' then 'default ' else 'generated ' end || pg_catalog.pg_get_expr(d.adbin, d.adrelid),
      case when t.attidentity <> '' then 'identity' end, '-- ' || pg_catalog.col_description(r.oid, t.attnum)), ''
  from relation r
  join pg_catalog.pg_attribute t on t.attrelid = r.oid and t.attnum > 0 and not t.attisdropped
  left join pg_catalog.pg_attrdef d on d.adrelid = t.attrelid and d.adnum = t.attnum
  where r.relkind <> 'S'
  union all
  select r.kind, r.object, 2, c.conname::text, concat_ws(' ', 'constraint', c.conname, pg_catalog.pg_get_constraintdef(c.oid)), ''
  from relation r join pg_catalog.pg_constraint c on c.conrelid = r.oid and c.contype not in ('n', 't')
  union all
  select r.kind, r.object, 3, i.indexrelid::regclass::text, concat_ws(' ', pg_catalog.pg_get_indexdef(i.indexrelid),
      case when not i.indisvalid then 'INVALID' end), ''
  from relation r join pg_catalog.pg_index i on i.indrelid = r.oid
  where not exists (select from pg_catalog.pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
  union all
  select r.kind, r.object, 4, p.polname::text, concat_ws(' ',
      case when p.polpermissive then 'policy' else 'restrictive policy' end, p.polname, 'for',
      case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end, 'to',
      (select string_agg(case o when 0 then 'PUBLIC' else o::regrole::text end, ', ' order by o::regrole::text) from unnest(p.polroles) o),
      'using (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')',
      'with check (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')'), ''
  from relation r join pg_catalog.pg_policy p on p.polrelid = r.oid
  union all
  select r.kind, r.object, 5, t.tgname::text, pg_catalog.pg_get_triggerdef(t.oid) || case t.tgenabled when 'O' then '' else ' DISABLED' end, ''
  from relation r join pg_catalog.pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
  union all
  select r.kind, r.object, 6, w.rulename::text, pg_catalog.pg_get_ruledef(w.oid), ''
  from relation r join pg_catalog.pg_rewrite w on w.ev_class = r.oid and w.rulename <> '_RETURN'
  union all
  select 'function', f.object, 0, '', concat_ws(' ', case f.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end,
      split_part(f.object, '(', 1) || '(' || pg_catalog.pg_get_function_arguments(f.oid) || ')', 'returns', pg_catalog.pg_get_function_result(f.oid), 'language', l.lanname, 'owner', f.proowner::regrole,
      case f.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
      case when f.prosecdef then 'security definer' else 'security invoker' end,
      case when f.proleakproof then 'leakproof' end, case when f.proisstrict then 'strict' end,
      case f.proparallel when 's' then 'parallel safe' when 'r' then 'parallel restricted' end,
      'set ' || array_to_string(f.proconfig, ', '), '-- ' || pg_catalog.obj_description(f.oid, 'pg_proc')),
    case when f.prokind = 'a' then '' else pg_catalog.pg_get_functiondef(f.oid) end
  from routine f join pg_catalog.pg_language l on l.oid = f.prolang
  union all
  select g.section, g.object, 9, concat_ws(' ', who, lower(g.privilege_type), g.is_grantable::text, (g.columns is not null)::text), concat_ws(' ',
      'grant', lower(g.privilege_type) || ' (' || string_agg(g.columns, ', ' order by g.columns) || ')',
      case when count(g.columns) = 0 then lower(g.privilege_type) end, 'to', who, case when g.is_grantable then 'with grant option' end), ''
  from grants g, lateral (select case g.grantee when 0 then 'PUBLIC' else g.grantee::regrole::text end as who) w
  where g.grantee <> g.owner
  group by g.section, g.object, g.privilege_type, g.is_grantable, who, g.columns is not null)
select f.section, f.object, f.rank = 0 as is_head, f.text, f.definition
from fact f
order by array_position(array['role', 'database', 'schema', 'type', 'table', 'sequence', 'view', 'materialized view', 'foreign table', 'function'], f.section),
         f.object, f.rank, f.position, f.text
