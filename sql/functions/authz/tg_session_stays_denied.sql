-- A denied session is denied for good: whoever was shut out signs in anew, with a session of which nothing is known.
create function authz.tg_session_stays_denied() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if old.denied_at is not null
     and (new.denied_at, new.denied_by, new.deny_reason) is distinct from (old.denied_at, old.denied_by, old.deny_reason) then
    perform app.fail(409, 'session.already_denied', 'This session has been ended before.');
  end if;
  return new;
end
$$;
