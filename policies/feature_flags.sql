-- An operator, an admin and an auditor read the feature flags.
-- Nobody writes one directly: api.change_feature_flag() does.

revoke all on app.feature_flags from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.feature_flags to mm_operator, mm_admin, mm_auditor;

-- An operator, an admin and an auditor read the feature flags.
drop policy if exists feature_flags_select_staff on app.feature_flags;
create policy feature_flags_select_staff on app.feature_flags for select
  to mm_operator, mm_admin, mm_auditor
  using (true);
