-- An operator and an admin read the groups of errors.
-- Nobody writes one directly: app.record_error_event() and api.acknowledge_error() do.

revoke all on app.error_groups from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.error_groups to mm_operator, mm_admin;

-- An operator and an admin read the groups of errors.
drop policy if exists error_groups_select_staff on app.error_groups;
create policy error_groups_select_staff on app.error_groups for select
  to mm_operator, mm_admin
  using (true);
