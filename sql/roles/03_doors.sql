-- The two logins. Both inherit nothing: on their own they may do next to nothing, and they become a caller's role explicitly.
-- Passwords are set by deploy, never by a file.
do $$
begin
  if to_regrole('mm_authenticator') is null then
    create role mm_authenticator login noinherit;
  end if;
  if to_regrole('mm_service') is null then
    create role mm_service login noinherit;
  end if;
end
$$;

comment on role mm_authenticator is 'Motion Mavericks: PostgREST; becomes the role that the token names.';
comment on role mm_service is 'Motion Mavericks: api and worker; becomes the caller''s role, or executes the functions named for it.';

grant mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor
  to mm_authenticator with inherit false, set true;
grant mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor
  to mm_service with inherit false, set true;

alter role mm_authenticator set statement_timeout = '10s';
alter role mm_authenticator set lock_timeout = '5s';
alter role mm_authenticator set idle_in_transaction_session_timeout = '15s';
alter role mm_service set statement_timeout = '30s';
alter role mm_service set lock_timeout = '5s';
alter role mm_service set idle_in_transaction_session_timeout = '30s';
