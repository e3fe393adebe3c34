-- An operator and an admin read the failed attempts to fold an event.
-- Nobody writes one directly: app.fail_webhook_event() does.

revoke all on app.webhook_attempts from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.webhook_attempts to mm_operator, mm_admin;

-- An operator and an admin read the failed attempts to fold an event.
drop policy if exists webhook_attempts_select_staff on app.webhook_attempts;
create policy webhook_attempts_select_staff on app.webhook_attempts for select
  to mm_operator, mm_admin
  using (true);
