-- Everybody who is signed in reads their own preferences.
-- Nobody writes them directly: api.set_preferences() does.

revoke all on app.preferences from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.preferences to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;

-- Everybody who is signed in reads their own preferences.
drop policy if exists preferences_select_own on app.preferences;
create policy preferences_select_own on app.preferences for select
  to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor
  using (profile_id = (select authz.profile_id()));
