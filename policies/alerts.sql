-- An operator and an admin read the alerts.
-- Nobody writes one directly: app.raise_alert(), app.clear_alert() and the functions of the api do.

revoke all on app.alerts from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.alerts to mm_operator, mm_admin;

-- An operator and an admin read the alerts.
drop policy if exists alerts_select_staff on app.alerts;
create policy alerts_select_staff on app.alerts for select
  to mm_operator, mm_admin
  using (true);
