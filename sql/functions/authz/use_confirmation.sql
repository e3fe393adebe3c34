-- Step-up: demands that the caller proved who they are within the last minutes, and uses that proof up. The token's `fva` tells how many
-- minutes before `iat` the first and the second factor were verified, -1 for one that was not: whoever has a second factor must have
-- used it; for the others the first counts.
--
-- The proof is known by the minute in which it was made, the same for every token of the session until the next one. Two reckonings of
-- one proof differ by less than a minute; a proof within a minute of a used one therefore counts as that one.
create function authz.use_confirmation(action text) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  token jsonb := authz.claims();
  session text := token ->> 'sid';
  minutes numeric;
  confirmed timestamptz;
begin
  if token ? 'act' then
    perform app.fail(403, 'auth.impersonated', 'Somebody who acts for another person cannot confirm in their name.');
  end if;

  minutes := case
    when jsonb_typeof(token #> '{fva,1}') = 'number' and (token #>> '{fva,1}')::numeric >= 0 then (token #>> '{fva,1}')::numeric
    when jsonb_typeof(token #> '{fva,0}') = 'number' then (token #>> '{fva,0}')::numeric
  end;
  if session is null or minutes is null or minutes < 0 or minutes > authz.confirmation_minutes()
     or jsonb_typeof(token -> 'iat') is distinct from 'number'
     or abs((token ->> 'iat')::numeric - extract(epoch from now())) > 3600 then
    perform app.fail(403, 'auth.step_up_required', 'Please confirm that it is you, then try again.');
  end if;

  confirmed := to_timestamp((token ->> 'iat')::double precision) - minutes * interval '1 minute';
  if confirmed < now() - make_interval(mins => authz.confirmation_minutes()) then
    perform app.fail(403, 'auth.step_up_required', 'Please confirm that it is you, then try again.');
  end if;

  -- Two acts at the same moment cannot both use it.
  perform pg_advisory_xact_lock(hashtextextended('authz.confirmations:' || session, 0));
  if exists (
    select from authz.confirmations c
    where c.session_id = session and c.confirmed_at > confirmed - interval '1 minute'
  ) then
    perform app.fail(403, 'auth.step_up_required', 'Your last confirmation has been used. Please confirm again that it is you.');
  end if;
  insert into authz.confirmations (session_id, profile_id, action, confirmed_at)
  values (session, authz.profile_id(), use_confirmation.action, confirmed);
end
$$;

-- For how many minutes a confirmation may be used.
create function authz.confirmation_minutes() returns integer
language sql immutable set search_path = '' as $$ select 10 $$;
