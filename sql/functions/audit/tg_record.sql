-- Writes one entry for each row a statement changed (SH-09). Arguments of the trigger: the object's name in the log; the column that
-- holds the owner (may be empty); the columns whose values must not enter the log, separated by commas. Of those an update tells
-- that they changed, and nothing more. Bookkeeping columns are no change at all.
create function audit.tg_record() returns trigger
language plpgsql volatile security definer
set search_path = ''
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
    from new_rows n cross join lateral (select to_jsonb(n) as r) j;
  elsif tg_op = 'DELETE' then
    insert into audit.entries (
      actor_subject, actor_profile_id, actor_role, acting_as, door, request_id, reason, action, object_type, object_id,
      owner_id, before)
    select subject, profile_id, caller, acting_as, door, request_id, reason, action, object_type, r ->> 'id',
           (r ->> owner_column)::uuid, jsonb_strip_nulls(r - hidden - bookkeeping)
    from old_rows o cross join lateral (select to_jsonb(o) as r) j;
  else
    insert into audit.entries (
      actor_subject, actor_profile_id, actor_role, acting_as, door, request_id, reason, action, object_type, object_id,
      owner_id, before, after)
    select subject, profile_id, caller, acting_as, door, request_id, reason, action, object_type, b ->> 'id',
           (a ->> owner_column)::uuid, changed.before, changed.after
    from old_rows o
    join new_rows n on n.id = o.id
    cross join lateral (select to_jsonb(o) as b, to_jsonb(n) as a) j
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
