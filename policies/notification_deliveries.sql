-- An operator and an admin read the log of deliveries, without what was told and without addresses.
-- Nobody writes it directly: what enqueues and what sends do.

revoke all on app.notification_deliveries from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select (
  id, notification_id, kind, channel, destination, state, suppressed_by, attempts, last_error, provider_id, template_version, created_at,
  next_attempt_at, finished_at
) on app.notification_deliveries to mm_operator, mm_admin;

-- An operator and an admin read the log of deliveries.
drop policy if exists notification_deliveries_select_staff on app.notification_deliveries;
create policy notification_deliveries_select_staff on app.notification_deliveries for select
  to mm_operator, mm_admin
  using (true);
