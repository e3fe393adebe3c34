-- Shows the personal values of one entry of the audit log: to an admin, who says why and leaves an entry, and to the coach whose values
-- they are. A value that was erased is not among them. Salt and value are what somebody needs to check the commitment.
create function api.disclose_audit_entry(entry_id uuid, reason text default null)
returns table (side text, field text, value jsonb, salt text)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  entry audit.entries;
  why text := btrim(disclose_audit_entry.reason);
begin
  select e.* into entry from audit.entries e where e.id = disclose_audit_entry.entry_id;
  if not found or not (
    authz.caller_role() = 'mm_admin' and authz.profile_id() is not null
    or authz.caller_role() = 'mm_coach' and coalesce(entry.owner_id = authz.profile_id(), false)) then
    perform app.fail(404, 'audit.not_found', 'There is no such entry, or you may not see its personal values.');
  end if;
  if authz.caller_role() = 'mm_admin' then
    if coalesce(length(why), 0) not between 3 and 500 then
      perform app.refuse_fields(array[app.field_error('reason', 'length', 'Say why, in 3 to 500 characters.')]);
    end if;
    perform audit.record('audit_entry.disclosed', 'audit_entry', entry.id::text, entry.owner_id, why);
  end if;
  return query
    select d.side, d.field, d.value::jsonb, encode(d.salt, 'hex')
    from audit.disclosures d
    where d.entry_id = entry.id and d.occurred_at = entry.occurred_at
    order by d.field, d.side;
end
$$;

comment on function api.disclose_audit_entry(uuid, text) is
  'The personal values behind one audit entry, with their salts: for an admin with a reason, which is audited, and for the coach whose they are.';
grant execute on function api.disclose_audit_entry(uuid, text) to mm_coach, mm_admin;
