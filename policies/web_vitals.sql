-- An operator and an admin read how fast the pages are.
-- Nobody writes the counters directly: app.count_web_vitals() does.

revoke all on app.web_vitals from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.web_vitals to mm_operator, mm_admin;

-- An operator and an admin read how fast the pages are.
drop policy if exists web_vitals_select_staff on app.web_vitals;
create policy web_vitals_select_staff on app.web_vitals for select
  to mm_operator, mm_admin
  using (true);
