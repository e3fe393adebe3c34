-- Everybody who is signed in reads what they chose of the kinds of notices.
-- Nobody writes a choice directly: api.set_notification_preference() does.

revoke all on app.notification_preferences from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.notification_preferences to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;

-- Everybody who is signed in reads what they chose of the kinds of notices.
drop policy if exists notification_preferences_select_own on app.notification_preferences;
create policy notification_preferences_select_own on app.notification_preferences for select
  to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor
  using (profile_id = (select authz.profile_id()));
