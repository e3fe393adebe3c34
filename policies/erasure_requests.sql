-- A coach reads the requests to erase their own account.
-- Compliance staff read every request to erase.
-- Nobody writes one directly: functions of the api open and decide it, and the worker carries it out.

revoke all on app.erasure_requests from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.erasure_requests to mm_coach, mm_compliance;

-- A coach reads the requests to erase their own account.
drop policy if exists erasure_requests_select_coach on app.erasure_requests;
create policy erasure_requests_select_coach on app.erasure_requests for select
  to mm_coach
  using (profile_id = (select authz.profile_id()));

-- Compliance staff read every request to erase.
drop policy if exists erasure_requests_select_compliance on app.erasure_requests;
create policy erasure_requests_select_compliance on app.erasure_requests for select
  to mm_compliance
  using (true);
