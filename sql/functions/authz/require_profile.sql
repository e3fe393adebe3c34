-- The caller's profile, for functions that act: refuses whoever has none, because they never signed in here or are suspended.
create function authz.require_profile() returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  profile uuid := authz.profile_id();
begin
  if profile is null then
    perform app.fail(403, 'auth.forbidden', 'Sign in before you do this.');
  end if;
  return profile;
end
$$;
