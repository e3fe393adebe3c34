-- Begins an export of a list for the caller: it is an entry of the audit log before the first byte leaves, with what was chosen (AU-07). The
-- rows are decided by row-level security, when they are read; who may not read the list at all is refused here.
create function app.begin_list_export(list text, filters jsonb) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  me uuid := authz.require_profile();
  source regclass := to_regclass(format('api.%I', list));
begin
  if source is null or not has_table_privilege(authz.caller_role(), source, 'select') then
    perform app.fail(403, 'list.not_readable', 'Your role does not read this list.');
  end if;
  perform audit.record(
    'list.exported', 'list', list, case when authz.caller_role() = 'mm_coach' then me end, null,
    jsonb_build_object('filters', coalesce(filters, '[]')));
end
$$;

grant execute on function app.begin_list_export(text, jsonb) to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;
