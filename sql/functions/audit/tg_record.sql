-- Writes one entry for each row a statement changed (SH-09). Arguments of the trigger: the object's name in the log; the column that
-- holds the owner (may be empty); the columns with secrets, of which an update tells that they changed and nothing more; the columns
-- with personal values, of which the entry holds a salted commitment and audit.disclosures the value. Lists are separated by commas.
-- Bookkeeping columns are no change at all.
--
-- What an audited write costs is mostly what PostgreSQL pays anew in each transaction: to set up a plan, and every expression of this
-- function. So the token is read once, what is common to all rows is worked out once, and personal values are looked for only where there
-- are any. Rows are read through a cursor and written by the five hundred: few statements for many rows, and memory that does not grow
-- with them.
--
-- Old and new rows meet in a full join, though nothing is missing on either side. The plan is kept by the session that first made it,
-- mostly for a single row, and a nested loop would take a hundred million steps when a statement of ten thousand rows meets it; a full
-- join is never one. `num_nonnulls` is not understood by the planner, which would make an inner join of it otherwise. `offset 0` keeps a
-- row from being turned into JSON again for every column that is looked at.
create function audit.tg_record() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_variable
declare
  object_type text := tg_argv[0];
  owner_column text := tg_argv[1];
  secret text[] := string_to_array(coalesce(tg_argv[2], ''), ',');
  personal text[] := string_to_array(coalesce(tg_argv[3], ''), ',');
  bookkeeping text[] := array['updated_at', 'version', 'last_seen_at', 'reconciled_at', 'identity_observed_at'];
  action text := current_setting('mm.action', true);
  reason text := nullif(current_setting('mm.reason', true), '');
  claims jsonb := authz.claims();
  subject text := nullif(claims ->> 'sub', '');
  profile_id uuid := authz.profile_of(subject);
  caller text := authz.caller_role();
  door text := authz.door();
  request_id text := authz.request_id();
  changes refcursor;
  entry audit.entries;
  entries audit.entries[];
  disclosures audit.disclosures[];
  is_last boolean;
  field text;
  side text;
  told jsonb;
  value text;
  salt bytea;
begin
  if split_part(action, '.', 1) is distinct from object_type then
    action := object_type || case tg_op when 'INSERT' then '.created' when 'UPDATE' then '.updated' else '.deleted' end;
  end if;

  case tg_op
    when 'INSERT' then
      open changes for
        select uuidv7(), now(), pg_current_xact_id(), subject, profile_id, caller, claims -> 'act', door, request_id, action,
               object_type, r ->> 'id', (r ->> owner_column)::uuid, null::jsonb, jsonb_strip_nulls(r - secret - bookkeeping), reason
        from (select to_jsonb(n) as r from new_rows n offset 0) j;
    when 'DELETE' then
      open changes for
        select uuidv7(), now(), pg_current_xact_id(), subject, profile_id, caller, claims -> 'act', door, request_id, action,
               object_type, r ->> 'id', (r ->> owner_column)::uuid, jsonb_strip_nulls(r - secret - bookkeeping), null::jsonb, reason
        from (select to_jsonb(o) as r from old_rows o offset 0) j;
    else
      open changes for
        select uuidv7(), now(), pg_current_xact_id(), subject, profile_id, caller, claims -> 'act', door, request_id, action,
               object_type, b ->> 'id', (a ->> owner_column)::uuid, b - d.unchanged, a - d.unchanged, reason
        from (
          select to_jsonb(o) as b, to_jsonb(n) as a from old_rows o full join new_rows n on n.id = o.id
          where num_nonnulls(o.id, n.id) = 2 offset 0) j
        cross join lateral (
          select bookkeeping || array(
            select k.key from (select jsonb_object_keys(a) as key offset 0) k where a -> k.key is not distinct from b -> k.key
          ) as unchanged offset 0) d
        where a - d.unchanged <> '{}';
  end case;

  loop
    fetch changes into entry;
    is_last := not found;
    if is_last or cardinality(entries) >= 500 then
      insert into audit.entries (
        id, occurred_at, xid, actor_subject, actor_profile_id, actor_role, acting_as, door, request_id, action, object_type, object_id,
        owner_id, before, after, reason)
      select e.id, e.occurred_at, e.xid, e.actor_subject, e.actor_profile_id, e.actor_role, e.acting_as, e.door, e.request_id,
             e.action, e.object_type, e.object_id, e.owner_id, e.before, e.after, e.reason
      from unnest(entries) e;
      if disclosures is not null then
        insert into audit.disclosures (entry_id, occurred_at, side, field, salt, value, owner_id)
        select d.entry_id, d.occurred_at, d.side, d.field, d.salt, d.value, d.owner_id from unnest(disclosures) d;
      end if;
      exit when is_last;
      entries := null;
      disclosures := null;
    end if;

    if tg_op = 'UPDATE' and entry.after ?| secret then
      foreach field in array secret loop
        continue when not entry.after ? field;
        entry.before := entry.before || jsonb_build_object(field, '(not recorded)');
        entry.after := entry.after || jsonb_build_object(field, '(not recorded)');
      end loop;
    end if;

    if coalesce(entry.after, entry.before) ?| personal then
      foreach side in array array['before', 'after'] loop
        told := case side when 'before' then entry.before else entry.after end;
        foreach field in array personal loop
          value := nullif(told -> field, 'null')::text;
          continue when value is null;
          salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
          told := told || jsonb_build_object(field, jsonb_build_object(
            'commitment', encode(sha256(salt || convert_to(value, 'UTF8')), 'hex')));
          disclosures := disclosures || row(entry.id, entry.occurred_at, side, field, salt, value, entry.owner_id)::audit.disclosures;
        end loop;
        if side = 'before' then
          entry.before := told;
        else
          entry.after := told;
        end if;
      end loop;
    end if;
    entries := entries || entry;
  end loop;
  close changes;
  return null;
end
$$;
