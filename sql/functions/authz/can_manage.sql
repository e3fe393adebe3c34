-- Whether the caller may share, revoke and watch what belongs to this coach: the coach themself, or an admin. The functions that act
-- ask this; the policies say the same to those who read.
create function authz.can_manage(coach_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select case authz.caller_role()
    when 'mm_admin' then coalesce(authz.profile_id() is not null, false)
    when 'mm_coach' then coalesce(authz.profile_id() = coach_id, false)
    else false
  end
$$;
