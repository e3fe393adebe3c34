/** A rule about the catalogue: `query` answers the offenders, `violate` makes one, so that the rule is seen to catch it. */
export type CatalogueRule = { title: string; query: string; violate: string; offender: string };

const ours = `('app', 'audit', 'authz', 'jobs')`;
const callers = `('mm_anon', 'mm_coach', 'mm_admin', 'mm_compliance', 'mm_operator', 'mm_auditor')`;

export const catalogueRules: CatalogueRule[] = [
  {
    title: 'every table of app, audit and authz has row-level security enabled and forced',
    query: `select c.oid::regclass::text as offender from pg_class c
            where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text in ${ours}
              and not (c.relrowsecurity and c.relforcerowsecurity)`,
    violate: 'alter table app.videos no force row level security',
    offender: 'app.videos',
  },
  {
    title: 'every month has row-level security forced, and no role may use the schema or a table of it',
    query: `select c.oid::regclass::text as offender from pg_class c
            where c.relkind in ('r', 'p') and c.relnamespace = 'app_months'::regnamespace
              and not (c.relrowsecurity and c.relforcerowsecurity and c.relispartition)
            union all
            select r.rolname || ' uses app_months' from pg_roles r
            where r.rolname like 'mm\\_%' and r.rolname <> 'mm_owner' and has_schema_privilege(r.rolname, 'app_months', 'usage, create')
            union all
            select a.grantee::regrole || ' on ' || c.oid::regclass from pg_class c, aclexplode(c.relacl) a
            where c.relnamespace = 'app_months'::regnamespace and a.grantee <> 'mm_owner'::regrole`,
    violate: 'grant usage on schema app_months to mm_admin',
    offender: 'mm_admin uses app_months',
  },
  {
    title: 'every policy names its roles, and none is for PUBLIC',
    query: `select p.polname::text as offender from pg_policy p where 0 = any (p.polroles) or not p.polpermissive`,
    violate: 'create policy videos_select_all on app.videos for select using (true)',
    offender: 'videos_select_all',
  },
  {
    title: 'a policy is named <table>_<command>_<who>',
    query: `select p.polname::text as offender
            from pg_policy p join pg_class c on c.oid = p.polrelid
            where p.polname not like c.relname || '\\_' ||
              case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' end || '%'`,
    violate: 'create policy mine on app.videos for select to mm_coach using (true)',
    offender: 'mine',
  },
  {
    title: 'a policy asks authz once for the statement, in a subselect, never once for the row',
    query: `select p.polname::text as offender
            from pg_policy p,
                 lateral (values (pg_get_expr(p.polqual, p.polrelid)), (pg_get_expr(p.polwithcheck, p.polrelid))) e (expression)
            where regexp_replace(e.expression, '\\( SELECT authz\\.[a-z_]+\\(\\)', '', 'g') like '%authz.%'`,
    violate:
      'create policy videos_select_slow on app.videos for select to mm_coach using (coach_id = authz.profile_id())',
    offender: 'videos_select_slow',
  },
  {
    title: 'every foreign key has an index that begins with its columns',
    query: `select f.conname::text as offender from pg_constraint f
            where f.contype = 'f' and f.connamespace::regnamespace::text in ${ours}
              and not exists (
                select from pg_index i
                where i.indrelid = f.conrelid and i.indpred is null
                  and (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(f.conkey)] @> f.conkey)`,
    violate: 'drop index app.share_tokens_created_by_idx',
    offender: 'share_tokens_created_by_fkey',
  },
  {
    title: 'every foreign key states what happens on delete',
    query: `select f.conname::text as offender from pg_constraint f
            where f.contype = 'f' and f.connamespace::regnamespace::text in ${ours} and f.confdeltype = 'a'`,
    violate:
      'alter table app.videos add constraint videos_careless_fkey foreign key (coach_id) references app.profiles (id)',
    offender: 'videos_careless_fkey',
  },
  {
    title: 'every constraint has a name of ours: <table>_..._<kind>',
    query: `select f.conname::text as offender from pg_constraint f join pg_class c on c.oid = f.conrelid
            where f.connamespace::regnamespace::text in ${ours} and f.contype <> 'n'
              and f.conname !~ ('^' || c.relname || '_([a-z_]+_)?(pkey|key|fkey|check)$')`,
    violate: 'alter table app.videos add constraint positive check (version > 0)',
    offender: 'positive',
  },
  {
    title: 'every table and view has a comment',
    query: `select c.oid::regclass::text as offender from pg_class c
            where c.relkind in ('r', 'p', 'v') and c.relnamespace::regnamespace::text in ('api', 'app', 'audit', 'authz', 'jobs')
              and obj_description(c.oid, 'pg_class') is null`,
    violate: 'comment on table app.videos is null',
    offender: 'app.videos',
  },
  {
    title: 'every column of a table has a comment',
    query: `select c.oid::regclass || '.' || a.attname as offender from pg_class c join pg_attribute a on a.attrelid = c.oid
            where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text in ${ours}
              and a.attnum > 0 and not a.attisdropped and col_description(c.oid, a.attnum) is null`,
    violate: 'alter table app.videos add column secret_plan text',
    offender: 'app.videos.secret_plan',
  },
  {
    title: 'every column is classified in its comment, and every personal one says what erasing a person does to it',
    query: `select d.id as offender from api.data_catalogue d
            where d.class is null or (d.class = 'personal') <> (d.erasure is not null)`,
    violate: `alter table app.profiles add column phone text;
              comment on column app.profiles.phone is 'Telephone number. [class: personal]'`,
    offender: 'app.profiles.phone',
  },
  {
    title: 'of every table with personal columns app.personal_ties() says whose its rows are',
    query: `select d.id as offender from api.data_catalogue d
            where d.class = 'personal'
              and not exists (select from app.personal_ties() p where p.table_name = d.schema_name || '.' || d.table_name)`,
    violate: `alter table app.webhook_receipts add column sender text;
              comment on column app.webhook_receipts.sender is 'Who sent it. [class: personal; erasure: clear]'`,
    offender: 'app.webhook_receipts.sender',
  },
  {
    title: 'app.personal_ties() names no table without personal columns, and none twice',
    query: `select p.table_name as offender from app.personal_ties() p
            left join api.data_catalogue d on d.class = 'personal' and p.table_name = d.schema_name || '.' || d.table_name
            where d.id is null
            union all
            select p.table_name from app.personal_ties() p group by 1 having count(*) > 1`,
    violate: `comment on column app.retention_policies.reason is 'Why. [class: internal]'`,
    offender: 'app.retention_policies',
  },
  {
    title: 'a column that erasure clears may be null, and one that erasure replaces is text',
    query: `select d.id as offender from api.data_catalogue d
            join pg_attribute a on a.attrelid = format('%I.%I', d.schema_name, d.table_name)::regclass and a.attname = d.column_name
            where (d.erasure = 'clear' and a.attnotnull) or (d.erasure = 'replace' and d.data_type <> 'text')`,
    violate: `comment on column app.profiles.display_name is 'Name. [class: personal; erasure: clear]'`,
    offender: 'app.profiles.display_name',
  },
  {
    title: 'every function of the api has a comment',
    query: `select p.oid::regprocedure::text as offender from pg_proc p
            where p.pronamespace = 'api'::regnamespace and obj_description(p.oid, 'pg_proc') is null`,
    violate: 'comment on function api.sign_in() is null',
    offender: 'api.sign_in()',
  },
  {
    title: 'every schema of ours and every role of ours has a comment',
    query: `select n.nspname::text as offender from pg_namespace n
            where n.nspowner = 'mm_owner'::regrole and obj_description(n.oid, 'pg_namespace') is null
            union all
            select r.rolname from pg_roles r where r.rolname like 'mm\\_%' and shobj_description(r.oid, 'pg_authid') is null`,
    violate: 'comment on schema app is null',
    offender: 'app',
  },
  {
    title: 'every view is a security invoker',
    query: `select c.oid::regclass::text as offender from pg_class c
            where c.relkind = 'v' and c.relnamespace::regnamespace::text in ('api', 'app', 'audit', 'authz', 'jobs')
              and not 'security_invoker=true' = any (coalesce(c.reloptions, '{}'))`,
    violate: 'alter view api.videos reset (security_invoker)',
    offender: 'api.videos',
  },
  {
    title: 'every security definer function has an empty search_path',
    query: `select p.oid::regprocedure::text as offender from pg_proc p
            where p.prosecdef and p.pronamespace::regnamespace::text in ('api', 'app', 'audit', 'authz', 'jobs')
              and not 'search_path=""' = any (coalesce(p.proconfig, '{}'))`,
    violate: 'alter function authz.profile_id() reset search_path',
    offender: 'authz.profile_id()',
  },
  {
    title: 'no function of ours can be executed by PUBLIC',
    query: `select p.oid::regprocedure::text as offender
            from pg_proc p, lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
            where p.pronamespace::regnamespace::text in ('api', 'app', 'audit', 'authz', 'jobs', 'pgboss') and a.grantee = 0`,
    violate: 'grant execute on function app.receive_webhook to public',
    offender: 'app.receive_webhook(text,text,text,text,bytea,timestamp with time zone,boolean)',
  },
  {
    title: 'what mm_owner makes from now on cannot be executed by PUBLIC either',
    query: `select p.oid::regprocedure::text as offender
            from pg_proc p, lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
            where p.proowner = 'mm_owner'::regrole and a.grantee = 0`,
    violate: `alter default privileges for role mm_owner grant execute on functions to public;
              set local role mm_owner; create function app.new_thing() returns int language sql return 1; reset role`,
    offender: 'app.new_thing()',
  },
  {
    title:
      'mm_anon may execute the check before every request and what is declared public, and use no table, view or other function',
    query: `select p.oid::regprocedure::text as offender from pg_proc p
            where p.pronamespace::regnamespace::text in ('api', 'app', 'audit', 'authz', 'jobs', 'pgboss', 'deploy')
              and p.oid not in ('authz.check_request()'::regprocedure, 'api.consent_notice(text)'::regprocedure)
              and has_function_privilege('mm_anon', p.oid, 'execute')
            union all
            select c.oid::regclass::text from pg_class c
            where c.relkind in ('r', 'p', 'v', 'm', 'S')
              and c.relnamespace::regnamespace::text in ('api', 'app', 'audit', 'authz', 'jobs', 'pgboss', 'deploy')
              and (has_table_privilege('mm_anon', c.oid, 'select, insert, update, delete, truncate, references, trigger')
                   or (c.relkind <> 'S' and has_any_column_privilege('mm_anon', c.oid, 'select, insert, update, references')))`,
    violate: 'grant select (id) on app.videos to mm_anon',
    offender: 'app.videos',
  },
  {
    title: 'every object of the api is granted explicitly to at least one role, and to callers only',
    query: `with object as (
              select c.oid::regclass::text as name, c.relacl as acl from pg_class c
              where c.relnamespace = 'api'::regnamespace and c.relkind in ('v', 'm', 'r', 'p')
              union all
              select p.oid::regprocedure::text, p.proacl from pg_proc p where p.pronamespace = 'api'::regnamespace)
            select o.name as offender from object o
            where not exists (
              select from aclexplode(o.acl) a where a.grantee::regrole::text in ${callers} and a.grantee::regrole::text <> 'mm_anon')
            or exists (
              select from aclexplode(o.acl) a
              where a.grantee <> 'mm_owner'::regrole and (a.grantee = 0 or a.grantee::regrole::text not in ${callers}))`,
    violate: 'revoke all on api.webhook_events from mm_operator, mm_admin',
    offender: 'api.webhook_events',
  },
  {
    title:
      'no role reads the hash of a secret or a passphrase, an address hash, the body of an event or an upload id of Mux',
    query: `select r.rolname || ' reads ' || c.oid::regclass || '.' || a.attname as offender
            from pg_roles r, pg_class c join pg_attribute a on a.attrelid = c.oid
            where r.rolname like 'mm\\_%' and r.rolname <> 'mm_owner'
              and (c.oid::regclass::text, a.attname) in (
                ('app.share_tokens', 'secret_hash'), ('app.share_tokens', 'passphrase_hash'), ('app.playback_decisions', 'ip_hash'),
                ('app.webhook_events', 'body'), ('app.upload_jobs', 'mux_upload_id'))
              and has_column_privilege(r.rolname, c.oid, a.attnum, 'select')`,
    violate: 'grant select on app.share_tokens to mm_admin',
    offender: 'mm_admin reads app.share_tokens.secret_hash',
  },
  {
    title: 'no caller may insert, delete or truncate anywhere, and updates only titles, descriptions and labels',
    query: `select r.rolname || ' writes ' || c.oid::regclass as offender
            from pg_roles r, pg_class c
            where r.rolname in ${callers} and c.relkind in ('r', 'p', 'v')
              and c.relnamespace::regnamespace::text in ('api', 'app', 'audit', 'authz', 'jobs', 'pgboss', 'deploy')
              and has_table_privilege(r.rolname, c.oid, 'insert, delete, truncate, update, references, trigger')
            union all
            select r.rolname || ' updates ' || c.oid::regclass || '.' || a.attname
            from pg_roles r, pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
            where r.rolname in ${callers} and c.relkind in ('r', 'p', 'v')
              and c.relnamespace::regnamespace::text in ('api', 'app', 'audit', 'authz', 'jobs')
              and has_column_privilege(r.rolname, c.oid, a.attnum, 'update')
              and (r.rolname not in ('mm_coach', 'mm_admin')
                   or (c.relname, a.attname) not in (('videos', 'title'), ('videos', 'description'), ('share_tokens', 'label')))`,
    violate: 'grant update (expires_at) on app.share_tokens to mm_coach',
    offender: 'mm_coach updates app.share_tokens.expires_at',
  },
  {
    title: 'every object is owned by mm_owner, and mm_owner cannot log in',
    query: `select c.oid::regclass::text as offender from pg_class c
            where c.relnamespace::regnamespace::text in ('api', 'app', 'audit', 'authz', 'jobs', 'pgboss', 'deploy')
              and c.relowner <> 'mm_owner'::regrole
            union all
            select p.oid::regprocedure::text from pg_proc p
            where p.pronamespace::regnamespace::text in ('api', 'app', 'audit', 'authz', 'jobs', 'pgboss')
              and p.proowner <> 'mm_owner'::regrole
            union all
            select rolname from pg_roles where rolname = 'mm_owner' and rolcanlogin`,
    violate: 'create table app.stray ()',
    offender: 'app.stray',
  },
  {
    title: 'no role of ours but mm_owner passes row-level security, none is a superuser, and none inherits',
    query: `select rolname::text as offender from pg_roles
            where rolname like 'mm\\_%' and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolinherit
                                            or (rolbypassrls and rolname <> 'mm_owner'))`,
    violate: 'alter role mm_service bypassrls',
    offender: 'mm_service',
  },
  {
    title: 'every role that runs queries has a statement_timeout',
    query: `select r.rolname::text as offender from pg_roles r
            where r.rolname like 'mm\\_%' and r.rolname <> 'mm_owner'
              and not coalesce(array_to_string(r.rolconfig, ',') like '%statement_timeout=%', false)`,
    violate: 'alter role mm_coach reset statement_timeout',
    offender: 'mm_coach',
  },
  {
    title: 'every time is a time with a zone',
    query: `select c.oid::regclass || '.' || a.attname as offender from pg_class c join pg_attribute a on a.attrelid = c.oid
            where c.relnamespace::regnamespace::text in ${ours} and a.atttypid = 'timestamp'::regtype`,
    violate: 'alter table app.videos add column seen_at timestamp',
    offender: 'app.videos.seen_at',
  },
  {
    title: 'every uuid primary key is a UUIDv7 by default',
    query: `select c.oid::regclass::text as offender
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'id' and a.atttypid = 'uuid'::regtype
            left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
            where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text in ${ours}
              and pg_get_expr(d.adbin, d.adrelid) is distinct from 'uuidv7()'`,
    violate: 'alter table app.videos alter column id drop default',
    offender: 'app.videos',
  },
  {
    title: 'every authority-bearing table writes the audit log on insert, update and delete',
    query: `select t.name || ' on ' || e.event as offender
            from unnest(array['profiles', 'videos', 'upload_jobs', 'share_tokens', 'share_recipients', 'mux_assets', 'consents', 'consent_notices', 'feature_flags', 'address_blocks', 'abuse_rules']) t (name)
            cross join (values ('insert', 4), ('update', 16), ('delete', 8)) e (event, bit)
            where not exists (
              select from pg_trigger g
              where g.tgrelid = ('app.' || t.name)::regclass and g.tgfoid = 'audit.tg_record()'::regprocedure
                and g.tgtype & e.bit > 0 and g.tgtype & 1 = 0 and g.tgenabled = 'O')`,
    violate: 'drop trigger tg_share_tokens__audit_update on app.share_tokens',
    offender: 'share_tokens on update',
  },
  {
    title: 'a trigger is named tg_<table>__<task>',
    query: `select g.tgname::text as offender from pg_trigger g join pg_class c on c.oid = g.tgrelid
            where not g.tgisinternal and c.relnamespace::regnamespace::text in ${ours}
              and g.tgname !~ ('^tg_' || c.relname || '__[a-z_]+$')`,
    violate: 'create trigger mine before update on app.videos for each row execute function app.tg_touch()',
    offender: 'mine',
  },
  {
    title: 'nothing but the two logins and the owner may connect to the database',
    query: `select coalesce(nullif(a.grantee::regrole::text, '-'), 'PUBLIC') as offender
            from pg_database d, lateral aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
            where d.datname = current_database() and a.grantee <> d.datdba
              and a.grantee::regrole::text not in ('mm_authenticator', 'mm_service', 'mm_owner')`,
    violate: `do $$ begin execute format('grant connect on database %I to public', current_database()); end $$`,
    offender: 'PUBLIC',
  },
];
