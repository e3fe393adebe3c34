-- A coach reads the plan of the erasure of their own account.
-- Compliance staff read the plan of every erasure.
-- Nobody writes one directly: api.approve_erasure() makes the plan, and functions of the worker and of compliance staff carry it out.

revoke all on app.erasure_steps from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.erasure_steps to mm_coach, mm_compliance;

-- A coach reads the plan of the erasure of their own account.
drop policy if exists erasure_steps_select_coach on app.erasure_steps;
create policy erasure_steps_select_coach on app.erasure_steps for select
  to mm_coach
  using (profile_id = (select authz.profile_id()));

-- Compliance staff read the plan of every erasure.
drop policy if exists erasure_steps_select_compliance on app.erasure_steps;
create policy erasure_steps_select_compliance on app.erasure_steps for select
  to mm_compliance
  using (true);
