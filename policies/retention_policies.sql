-- Compliance staff, an admin and an auditor read for how long things are kept.
-- Nobody changes a retention policy directly: api.change_retention() does.

revoke all on app.retention_policies from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.retention_policies to mm_admin, mm_compliance, mm_auditor;

-- Compliance staff, an admin and an auditor read for how long things are kept.
drop policy if exists retention_policies_select_staff on app.retention_policies;
create policy retention_policies_select_staff on app.retention_policies for select
  to mm_admin, mm_compliance, mm_auditor
  using (true);
