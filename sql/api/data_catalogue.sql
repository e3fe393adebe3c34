-- The classification of every column, read from the comments in the catalogue itself: each ends in [class: …], and for personal data
-- in [class: personal; erasure: …]. So it travels with the column, is dumped with it and cannot name a column that is gone. A comment
-- without one answers null, and a test refuses that.
create view api.data_catalogue with (security_invoker = true) as
select
  c.oid::regclass || '.' || a.attname as id,
  n.nspname::text as schema_name,
  c.relname::text as table_name,
  a.attname::text as column_name,
  format_type(a.atttypid, a.atttypmod) as data_type,
  said.parts[1] as class,
  said.parts[2] as erasure,
  regexp_replace(d.description, ' ?\[class:[^]]*\]$', '') as comment
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_catalog.pg_description d on d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = c.oid and d.objsubid = a.attnum
left join lateral regexp_match(
  d.description, '\[class: (public|internal|sensitive|personal)(?:; erasure: (clear|replace|delete|expire|keep))?\]$'
) as said (parts) on true
where n.nspname in ('app', 'audit', 'authz', 'jobs') and c.relkind in ('r', 'p');

comment on view api.data_catalogue is 'Every column of every table: what class of data it holds, and for personal data what erasing a person does to it.';
comment on column api.data_catalogue.id is 'schema.table.column.';
comment on column api.data_catalogue.class is 'public, internal, sensitive or personal.';
comment on column api.data_catalogue.erasure is
  'For personal data: clear (set to null), replace (by a word that says it was erased), delete (the row goes), expire (goes with its month, because the table is append-only), keep (evidence that holds an opaque id only).';
grant select on api.data_catalogue to mm_admin, mm_compliance, mm_operator, mm_auditor;
