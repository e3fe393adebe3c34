-- Through which door the transaction came. Derived from the login, which nobody can claim by a header or a token.
create function authz.door() returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return case
    when session_user = 'mm_authenticator' then 'rest'
    when session_user = 'mm_service' and current_setting('application_name', true) = 'mm-worker' then 'worker'
    when session_user = 'mm_service' then 'api'
    else 'sql'
  end;
end
$$;
