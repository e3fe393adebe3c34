-- Writes one entry for each row a statement changed (SH-09). Arguments of the trigger: the object's name in the log; the column that
-- holds the owner (may be empty); the columns whose values must not enter the log, separated by commas. Of those an update tells
-- that they changed, and nothing more. Bookkeeping columns are no change at all.
--
-- The plan that joins old and new rows is cached in the session that first ran it, often for a single row. A nested loop would then meet
-- a statement of ten thousand rows and take a hundred million steps: so it is switched off, which leaves the hash join. `offset 0` keeps
-- a row from being turned into JSON again for every column that is looked at.
create function audit.tg_record() returns trigger
language plpgsql volatile security definer
set search_path = ''
set enable_nestloop = off
as $$
#variable_conflict use_variable
declare
  object_type text := tg_argv[0];
  owner_column text := tg_argv[1];
  hidden text[] := string_to_array(coalesce(tg_argv[2], ''), ',');
  bookkeeping text[] := array['updated_at', 'version', 'last_seen_at', 'reconciled_at'];
  told_action text := nullif(current_setting('mm.action', true), '');
  action text := object_type || case tg_op when 'INSERT' then '.created' when 'UPDATE' then '.updated' else '.deleted' end;
  reason text := nullif(current_setting('mm.reason', true), '');
  subject text := authz.subject();
  profile_id uuid := authz.profile_id();
  caller text := authz.caller_role();
  acting_as jsonb := authz.claims() -> 'act';
  door text := authz.door();
  request_id text := authz.request_id();
begin
  if split_part(told_action, '.', 1) = object_type then
    action := told_action;
  end if;

  if tg_op = 'INSERT' then
    insert into audit.entries (
      actor_subject, actor_profile_id, actor_role, acting_as, door, request_id, reason, action, object_type, object_id,
      owner_id, after)
    select subject, profile_id, caller, acting_as, door, request_id, reason, action, object_type, r ->> 'id',
           (r ->> owner_column)::uuid, jsonb_strip_nulls(r - hidden - bookkeeping)
    from (select to_jsonb(n) as r from new_rows n offset 0) j;
  elsif tg_op = 'DELETE' then
    insert into audit.entries (
      actor_subject, actor_profile_id, actor_role, acting_as, door, request_id, reason, action, object_type, object_id,
      owner_id, before)
    select subject, profile_id, caller, acting_as, door, request_id, reason, action, object_type, r ->> 'id',
           (r ->> owner_column)::uuid, jsonb_strip_nulls(r - hidden - bookkeeping)
    from (select to_jsonb(o) as r from old_rows o offset 0) j;
  else
    insert into audit.entries (
      actor_subject, actor_profile_id, actor_role, acting_as, door, request_id, reason, action, object_type, object_id,
      owner_id, before, after)
    select subject, profile_id, caller, acting_as, door, request_id, reason, action, object_type, b ->> 'id',
           (a ->> owner_column)::uuid, changed.before, changed.after
    from (select to_jsonb(o) as b, to_jsonb(n) as a from old_rows o join new_rows n on n.id = o.id offset 0) j
    cross join lateral (
      select jsonb_object_agg(c.key, case when c.key = any (hidden) then '"(not recorded)"' else b -> c.key end) as before,
             jsonb_object_agg(c.key, case when c.key = any (hidden) then '"(not recorded)"' else c.value end) as after
      from jsonb_each(a) c
      where c.key <> all (bookkeeping) and c.value is distinct from b -> c.key
    ) changed
    where changed.after is not null;
  end if;
  return null;
end
$$;
