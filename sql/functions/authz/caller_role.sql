-- The role that the door took for this transaction, or the login itself when it took none. Unlike current_user it is the same inside
-- a SECURITY DEFINER function.
create function authz.caller_role() returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return coalesce(nullif(nullif(current_setting('role', true), ''), 'none'), session_user);
end
$$;

grant execute on function authz.caller_role() to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;
