-- The owner of every object. Nobody logs in as it: deploy becomes it for the time of a migration. It bypasses row-level
-- security because the functions that it owns are the rules; everybody else is subject to FORCE ROW LEVEL SECURITY.
do $$
begin
  if to_regrole('mm_owner') is null then
    create role mm_owner nologin noinherit bypassrls;
  end if;
  -- A superuser may become any role; the administrator of a hosted cluster needs to be told so.
  if not (select rolsuper from pg_catalog.pg_roles where rolname = current_user) then
    execute format('grant mm_owner to %I with inherit false, set true', current_user);
  end if;
end
$$;

comment on role mm_owner is 'Motion Mavericks: owns every object of the product; nobody logs in as it.';
