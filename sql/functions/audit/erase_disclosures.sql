-- Lets a personal value go only while audit.erase_disclosures() runs.
create function audit.tg_refuse_unless_erasing() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if current_setting('mm.erasing', true) is distinct from old.owner_id::text then
    perform app.fail(403, 'audit.append_only', 'The audit log can only be added to.');
  end if;
  return old;
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
  delete from audit.disclosures d where d.owner_id = person;
  get diagnostics erased = row_count;
  perform set_config('mm.erasing', '', true);
  perform audit.record(
    'audit_log.erased', 'profile', person::text, person, reason, jsonb_build_object('values', erased));
  return erased;
end
$$;
