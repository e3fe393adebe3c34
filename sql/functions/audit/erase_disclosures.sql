-- Lets a personal value go only while audit.erase_disclosures() runs for the person whose it is, or while app.erase_column() erases the
-- column that it is of. What has no owner is chosen by audit.ownerless_entries().
create function audit.tg_refuse_unless_erasing() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if coalesce(current_setting('mm.erasing', true), '') = ''
     or old.owner_id is not null and current_setting('mm.erasing', true) <> old.owner_id::text
        and not (current_user = 'mm_owner'
                 and split_part(current_setting('mm.erasing_column', true), '.', 3) is not distinct from old.field) then
    perform app.fail(403, 'audit.append_only', 'The audit log can only be added to.');
  end if;
  return old;
end
$$;

-- What the log calls the rows of a table: the first argument of its audit triggers; null when it has none.
create function audit.object_type(table_name text) returns text
language sql stable
set search_path = ''
as $$
  select distinct (string_to_array(encode(g.tgargs, 'escape'), '\000'))[1]
  from pg_catalog.pg_trigger g
  where g.tgrelid = table_name::regclass and g.tgfoid = 'audit.tg_record()'::regprocedure
$$;

-- Entries without an owner that hold words of or about this person: about rows that are theirs, such as the holds on their data, of which
-- they must not read in the log; and where a row is tied to its author, those that they wrote, whoever has changed the row since.
create function audit.ownerless_entries(person uuid) returns table (entry_id uuid, occurred_at timestamptz)
language plpgsql stable
set search_path = ''
as $$
declare
  audited record;
begin
  for audited in
    select distinct p.table_name, p.tie, p.by_author, (string_to_array(encode(g.tgargs, 'escape'), '\000'))[1] as object_type
    from app.personal_ties() p
    join pg_catalog.pg_trigger g
      on g.tgrelid = p.table_name::regclass and g.tgfoid = 'audit.tg_record()'::regprocedure
    where (string_to_array(encode(g.tgargs, 'escape'), '\000'))[2] = ''
  loop
    if audited.by_author then
      return query
        select e.id, e.occurred_at from audit.entries e
        where e.object_type = audited.object_type and e.owner_id is null and e.actor_profile_id = person;
    else
      return query execute format(
        'select e.id, e.occurred_at from audit.entries e
         where e.object_type = %L and e.owner_id is null and e.object_id in (select t.id::text from %s t where %s)',
        audited.object_type, audited.table_name::regclass, audited.tie) using person;
    end if;
  end loop;
end
$$;

-- Erases the personal values that the log keeps of somebody: salts and values go, the commitments in the entries stay and prove nothing
-- about the values any more. The log verifies as before, and holds an entry that says how many went. Answers that number.
create function audit.erase_disclosures(person uuid, reason text) returns bigint
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  erased bigint;
begin
  perform set_config('mm.erasing', person::text, true);
  delete from audit.disclosures d
  where d.owner_id = person
     or d.owner_id is null
        and (d.entry_id, d.occurred_at) in (select o.entry_id, o.occurred_at from audit.ownerless_entries(person) o);
  get diagnostics erased = row_count;
  perform set_config('mm.erasing', '', true);
  perform audit.record(
    'audit_log.erased', 'profile', person::text, person, reason, jsonb_build_object('values', erased));
  return erased;
end
$$;
