-- An operator and an admin read what the reconciliation found.
-- Nobody writes a finding directly: the functions of the reconciliation do.

revoke all on app.reconciliation_findings from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.reconciliation_findings to mm_operator, mm_admin;

-- An operator and an admin read what the reconciliation found.
drop policy if exists reconciliation_findings_select_staff on app.reconciliation_findings;
create policy reconciliation_findings_select_staff on app.reconciliation_findings for select
  to mm_operator, mm_admin
  using (true);
