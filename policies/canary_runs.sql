-- An operator, an admin and an auditor read every run of the canary.
-- Nobody writes one directly: app.begin_canary(), app.act_canary() and app.finish_canary() do.

revoke all on app.canary_runs from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.canary_runs to mm_operator, mm_admin, mm_auditor;

-- An operator, an admin and an auditor read every run of the canary.
drop policy if exists canary_runs_select_staff on app.canary_runs;
create policy canary_runs_select_staff on app.canary_runs for select
  to mm_operator, mm_admin, mm_auditor
  using (true);
