-- An operator and an admin read the runs of the reconciliation.
-- Nobody writes one directly: the functions of the reconciliation do.

revoke all on app.reconciliation_runs from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select (id, kind, is_dry_run, orphan_rule, outcome, stage, window_from, attempts, list_calls, uploads_seen, assets_seen, found,
              last_error, started_at, ended_at)
  on app.reconciliation_runs to mm_operator, mm_admin;

-- An operator and an admin read the runs of the reconciliation.
drop policy if exists reconciliation_runs_select_staff on app.reconciliation_runs;
create policy reconciliation_runs_select_staff on app.reconciliation_runs for select
  to mm_operator, mm_admin
  using (true);
