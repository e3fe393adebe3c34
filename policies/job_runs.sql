-- An operator and an admin read every run of a scheduled job.
-- Nobody writes one directly: app.start_job_run() and app.finish_job_run() do.

revoke all on app.job_runs from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.job_runs to mm_operator, mm_admin;

-- An operator and an admin read every run of a scheduled job.
drop policy if exists job_runs_select_staff on app.job_runs;
create policy job_runs_select_staff on app.job_runs for select
  to mm_operator, mm_admin
  using (true);
