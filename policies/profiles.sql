-- Everybody who is signed in reads their own profile.
-- An admin reads every profile.
-- Nobody writes a profile directly: api.sign_in() does, from verified claims.

revoke all on app.profiles from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.profiles to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;

-- Everybody who is signed in reads their own profile.
drop policy if exists profiles_select_own on app.profiles;
create policy profiles_select_own on app.profiles for select
  to mm_coach, mm_compliance, mm_operator, mm_auditor
  using (subject = (select authz.subject()));

-- An admin reads every profile.
drop policy if exists profiles_select_admin on app.profiles;
create policy profiles_select_admin on app.profiles for select
  to mm_admin
  using (true);
