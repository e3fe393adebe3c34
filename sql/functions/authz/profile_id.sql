-- The caller's profile; null before the first sign-in and while suspended, so that policies built on it fail closed.
-- SECURITY DEFINER because the policies of app.profiles would otherwise ask it in order to answer it.
create function authz.profile_id() returns uuid
language sql stable security definer
set search_path = ''
as $$
  select p.id from app.profiles p where p.subject = authz.subject() and p.suspended_at is null
$$;

grant execute on function authz.profile_id() to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;
