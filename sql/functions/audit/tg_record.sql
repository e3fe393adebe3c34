-- What an entry holds in place of a personal value: sha256(salt || the value as JSON text).
create function audit.commitment(salt bytea, value text) returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object('commitment', encode(sha256(salt || convert_to(value, 'UTF8')), 'hex'))
$$;

-- Writes one entry for each row a statement changed (SH-09). Arguments of the trigger: the object's name in the log; the column that
-- holds the owner (may be empty); the columns with secrets, of which an update tells that they changed and nothing more; the columns
-- with personal values, of which the entry holds a salted commitment and audit.disclosures the value. Lists are separated by commas.
-- Bookkeeping columns are no change at all.
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
  secret text[] := string_to_array(coalesce(tg_argv[2], ''), ',');
  personal text[] := string_to_array(coalesce(tg_argv[3], ''), ',');
  bookkeeping text[] := array['updated_at', 'version', 'last_seen_at', 'reconciled_at', 'identity_observed_at'];
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
    with changed as materialized (
      select uuidv7() as id, r ->> 'id' as object_id, (r ->> owner_column)::uuid as owner_id,
             null::jsonb as before, jsonb_strip_nulls(r - secret - bookkeeping) as after
      from (select to_jsonb(n) as r from new_rows n offset 0) j
    ), personal_values as materialized (
      select c.id, c.owner_id, v.side, v.field, v.value, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) as salt
      from changed c
      cross join lateral (
        select 'before' as side, b.key as field, b.value::text as value from jsonb_each(c.before) b
        where b.key = any (personal) and b.value <> 'null'
        union all
        select 'after', a.key, a.value::text from jsonb_each(c.after) a
        where a.key = any (personal) and a.value <> 'null') v
    ), disclosed as (
      insert into audit.disclosures (entry_id, occurred_at, side, field, salt, value, owner_id)
      select p.id, now(), p.side, p.field, p.salt, p.value, p.owner_id from personal_values p
    ), committed as (
      select p.id,
             jsonb_object_agg(p.field, audit.commitment(p.salt, p.value)) filter (where p.side = 'before') as before,
             jsonb_object_agg(p.field, audit.commitment(p.salt, p.value)) filter (where p.side = 'after') as after
      from personal_values p group by p.id
    )
    insert into audit.entries (
      id, actor_subject, actor_profile_id, actor_role, acting_as, door, request_id, reason, action, object_type, object_id,
      owner_id, before, after)
    select c.id, subject, profile_id, caller, acting_as, door, request_id, reason, action, object_type, c.object_id, c.owner_id,
           c.before || coalesce(m.before, '{}'), c.after || coalesce(m.after, '{}')
    from changed c left join committed m on m.id = c.id;
  elsif tg_op = 'DELETE' then
    with changed as materialized (
      select uuidv7() as id, r ->> 'id' as object_id, (r ->> owner_column)::uuid as owner_id,
             jsonb_strip_nulls(r - secret - bookkeeping) as before, null::jsonb as after
      from (select to_jsonb(o) as r from old_rows o offset 0) j
    ), personal_values as materialized (
      select c.id, c.owner_id, v.side, v.field, v.value, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) as salt
      from changed c
      cross join lateral (
        select 'before' as side, b.key as field, b.value::text as value from jsonb_each(c.before) b
        where b.key = any (personal) and b.value <> 'null'
        union all
        select 'after', a.key, a.value::text from jsonb_each(c.after) a
        where a.key = any (personal) and a.value <> 'null') v
    ), disclosed as (
      insert into audit.disclosures (entry_id, occurred_at, side, field, salt, value, owner_id)
      select p.id, now(), p.side, p.field, p.salt, p.value, p.owner_id from personal_values p
    ), committed as (
      select p.id,
             jsonb_object_agg(p.field, audit.commitment(p.salt, p.value)) filter (where p.side = 'before') as before,
             jsonb_object_agg(p.field, audit.commitment(p.salt, p.value)) filter (where p.side = 'after') as after
      from personal_values p group by p.id
    )
    insert into audit.entries (
      id, actor_subject, actor_profile_id, actor_role, acting_as, door, request_id, reason, action, object_type, object_id,
      owner_id, before, after)
    select c.id, subject, profile_id, caller, acting_as, door, request_id, reason, action, object_type, c.object_id, c.owner_id,
           c.before || coalesce(m.before, '{}'), c.after || coalesce(m.after, '{}')
    from changed c left join committed m on m.id = c.id;
  else
    with changed as materialized (
      select uuidv7() as id, b ->> 'id' as object_id, (a ->> owner_column)::uuid as owner_id, d.before, d.after
      from (select to_jsonb(o) as b, to_jsonb(n) as a from old_rows o join new_rows n on n.id = o.id offset 0) j
      cross join lateral (
        select jsonb_object_agg(x.key, case when x.key = any (secret) then '"(not recorded)"' else b -> x.key end) as before,
               jsonb_object_agg(x.key, case when x.key = any (secret) then '"(not recorded)"' else x.value end) as after
        from jsonb_each(a) x
        where x.key <> all (bookkeeping) and x.value is distinct from b -> x.key
      ) d
      where d.after is not null
    ), personal_values as materialized (
      select c.id, c.owner_id, v.side, v.field, v.value, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) as salt
      from changed c
      cross join lateral (
        select 'before' as side, b.key as field, b.value::text as value from jsonb_each(c.before) b
        where b.key = any (personal) and b.value <> 'null'
        union all
        select 'after', a.key, a.value::text from jsonb_each(c.after) a
        where a.key = any (personal) and a.value <> 'null') v
    ), disclosed as (
      insert into audit.disclosures (entry_id, occurred_at, side, field, salt, value, owner_id)
      select p.id, now(), p.side, p.field, p.salt, p.value, p.owner_id from personal_values p
    ), committed as (
      select p.id,
             jsonb_object_agg(p.field, audit.commitment(p.salt, p.value)) filter (where p.side = 'before') as before,
             jsonb_object_agg(p.field, audit.commitment(p.salt, p.value)) filter (where p.side = 'after') as after
      from personal_values p group by p.id
    )
    insert into audit.entries (
      id, actor_subject, actor_profile_id, actor_role, acting_as, door, request_id, reason, action, object_type, object_id,
      owner_id, before, after)
    select c.id, subject, profile_id, caller, acting_as, door, request_id, reason, action, object_type, c.object_id, c.owner_id,
           c.before || coalesce(m.before, '{}'), c.after || coalesce(m.after, '{}')
    from changed c left join committed m on m.id = c.id;
  end if;
  return null;
end
$$;
