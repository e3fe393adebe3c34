-- Everybody who is signed in reads the notices to them.
-- Nobody writes one directly: app.enqueue_notification() and api.mark_notification_read() do.

revoke all on app.notifications from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select (id, kind, profile_id, variables, is_in_app, created_at, read_at) on app.notifications
  to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;

-- Everybody who is signed in reads the notices to them.
drop policy if exists notifications_select_own on app.notifications;
create policy notifications_select_own on app.notifications for select
  to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor
  using (profile_id = (select authz.profile_id()));
