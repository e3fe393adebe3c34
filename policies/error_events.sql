-- An operator and an admin read the errors, without whom they happened to.
-- Nobody writes one directly: app.record_error_event() does.

revoke all on app.error_events from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select (id, occurred_at, group_id, environment, severity, code, message, stack, context, request_id) on app.error_events
  to mm_operator, mm_admin;

-- An operator and an admin read the errors.
drop policy if exists error_events_select_staff on app.error_events;
create policy error_events_select_staff on app.error_events for select
  to mm_operator, mm_admin
  using (true);
