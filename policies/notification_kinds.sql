-- Everybody who is signed in reads the kinds of notices.
-- Nobody changes a kind: it comes and goes by a migration.

revoke all on app.notification_kinds from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.notification_kinds to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;

-- Everybody who is signed in reads the kinds of notices.
drop policy if exists notification_kinds_select_all on app.notification_kinds;
create policy notification_kinds_select_all on app.notification_kinds for select
  to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor
  using (true);
