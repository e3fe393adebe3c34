-- Begins an export of the log for the caller: records it, before the first byte leaves, and answers up to which checkpoint it goes and
-- what it proves. "whole" is for those who read the whole log and gave no filter; everything else is a "selection".
create function audit.begin_export(format text, filter jsonb)
returns table (kind text, size bigint, note text, verifier_keys text[], exported_by text)
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  me uuid := authz.require_profile();
  is_coach boolean := authz.caller_role() = 'mm_coach';
begin
  select c.size, c.note into size, note from audit.newest_checkpoint() c;
  if size is null then
    perform app.fail(404, 'audit.not_signed', 'The audit log has not been signed yet.');
  end if;
  kind := case when is_coach or filter <> '{}' then 'selection' else 'whole' end;
  verifier_keys := array(select k.verifier_key from audit.verifier_keys() k);
  exported_by := authz.subject();
  perform audit.record(
    'audit_log.exported', 'audit_log', size::text, case when is_coach then me end, null,
    jsonb_build_object('format', format, 'kind', kind, 'filter', filter, 'checkpoint', size));
  return next;
end
$$;

grant execute on function audit.begin_export(text, jsonb) to mm_coach, mm_admin, mm_compliance, mm_auditor;
