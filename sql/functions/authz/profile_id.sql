-- The caller's profile; null before the first sign-in and while suspended, so that policies built on it fail closed.
-- SECURITY DEFINER because the policies of app.profiles would otherwise ask it in order to answer it.
-- Every statement of a caller and every audited write asks it. As PL/pgSQL it takes a third of the time that it took as SQL: the plan is
-- kept for the session, and the token is read once, not for the planner's estimates too.
create function authz.profile_id() returns uuid
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return authz.profile_of(authz.subject());
end
$$;

grant execute on function authz.profile_id() to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;
