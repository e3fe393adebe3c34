-- An operator and an admin read which requests were over a rate limit.
-- Nobody writes the counters directly: app.count_limit_hits() does.

revoke all on app.rate_limit_hits from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.rate_limit_hits to mm_operator, mm_admin;

-- An operator and an admin read which requests were over a rate limit.
drop policy if exists rate_limit_hits_select_staff on app.rate_limit_hits;
create policy rate_limit_hits_select_staff on app.rate_limit_hits for select
  to mm_operator, mm_admin
  using (true);
