-- Removes everything repeatable, by what the catalogue says is there and not by what the files say: the api schema, then policies,
-- triggers, grants and functions of the durable schemas. Tables stay; with no policy they deny everything until the transaction, which
-- rebuilds all of it, ends. No CASCADE but on api: a table that depends on a function is a mistake and stops the deployment.

drop schema if exists api cascade;

do $tear_down$
declare
  item record;
begin
  for item in
    select p.polname, p.polrelid::regclass as relation
    from pg_catalog.pg_policy p
    join pg_catalog.pg_class c on c.oid = p.polrelid
    where c.relnamespace::regnamespace::text in ('app', 'authz', 'audit', 'jobs')
  loop
    execute format('drop policy %I on %s', item.polname, item.relation);
  end loop;

  for item in
    select t.tgname, t.tgrelid::regclass as relation
    from pg_catalog.pg_trigger t
    join pg_catalog.pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal and t.tgparentid = 0
      and c.relnamespace::regnamespace::text in ('app', 'authz', 'audit', 'jobs')
  loop
    execute format('drop trigger %I on %s', item.tgname, item.relation);
  end loop;

  for item in
    select c.oid::regclass as relation
    from pg_catalog.pg_class c
    where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text in ('app', 'authz', 'audit', 'jobs')
  loop
    execute format(
      'revoke all on %s from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service, mm_authenticator, public',
      item.relation);
  end loop;

  for item in
    select p.oid::regprocedure as signature
    from pg_catalog.pg_proc p
    where p.pronamespace::regnamespace::text in ('app', 'authz', 'audit', 'jobs')
  loop
    execute format('drop routine %s', item.signature);
  end loop;
end
$tear_down$;
