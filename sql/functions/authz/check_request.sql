-- The check before every request, the same at both doors: PostgREST runs it as db-pre-request, the api as the first statement of the
-- caller's transaction. PostgREST lets a token without exp or aud pass and never looks at iss, azp and sts, so all of it is decided
-- here. mm_anon passes without claims, because it may do nothing.
create function authz.check_request() returns void
language plpgsql stable security definer
set search_path = ''
as $$
declare
  caller text := authz.caller_role();
  token jsonb;
  provider authz.identity_providers;
  profile app.profiles;
  now_seconds numeric := extract(epoch from clock_timestamp());
begin
  begin
    token := authz.claims();
  exception when invalid_text_representation then
    token := null;
  end;

  if caller = 'mm_anon' and not coalesce(token ? 'sub', false) then
    return;
  end if;

  if token is null or jsonb_typeof(token) <> 'object' then
    perform app.fail(401, 'auth.token_invalid', 'The session token is missing or cannot be read.');
  end if;

  if caller not in ('mm_coach', 'mm_admin', 'mm_compliance', 'mm_operator', 'mm_auditor')
     or token ->> 'role' is distinct from caller then
    perform app.fail(401, 'auth.token_invalid', 'The session token names another role.');
  end if;

  select p.* into provider from authz.identity_providers p where p.issuer = token ->> 'iss';
  if not found then
    perform app.fail(401, 'auth.token_invalid', 'The session token comes from an unknown issuer.');
  end if;

  if not (coalesce(jsonb_typeof(token -> 'aud'), '') in ('string', 'array') and token -> 'aud' ? provider.audience) then
    perform app.fail(401, 'auth.token_invalid', 'The session token is meant for another audience.');
  end if;

  if cardinality(provider.authorized_parties) > 0
     and not coalesce(token ->> 'azp' = any (provider.authorized_parties), false) then
    perform app.fail(401, 'auth.token_invalid', 'The session token was issued to another party.');
  end if;

  if jsonb_typeof(token -> 'exp') is distinct from 'number' or (token ->> 'exp')::numeric <= now_seconds then
    perform app.fail(401, 'auth.token_invalid', 'The session token has expired.');
  end if;

  if token ? 'nbf' and (jsonb_typeof(token -> 'nbf') <> 'number' or (token ->> 'nbf')::numeric > now_seconds) then
    perform app.fail(401, 'auth.token_invalid', 'The session token is not valid yet.');
  end if;

  if token ->> 'sts' = 'pending' then
    perform app.fail(401, 'auth.token_invalid', 'The sign-in has not been completed.');
  end if;

  if coalesce(jsonb_typeof(token -> 'sub'), '') <> 'string' or authz.subject() is null then
    perform app.fail(401, 'auth.token_invalid', 'The session token names nobody.');
  end if;

  if coalesce(jsonb_typeof(token -> 'sid'), '') <> 'string' or token ->> 'sid' = '' then
    perform app.fail(401, 'auth.token_invalid', 'The session token names no session.');
  end if;

  if exists (select from authz.sessions s where s.id = token ->> 'sid' and s.denied_at is not null) then
    perform app.fail(401, 'auth.session_denied', 'This session has been ended. Please sign in again.');
  end if;

  select p.* into profile from app.profiles p where p.subject = authz.subject();
  if not found and app.is_erased_subject(authz.subject()) then
    perform app.fail(403, 'auth.erased', 'This account has been erased. It cannot be used any more.');
  end if;
  if profile.suspended_at is not null then
    perform app.fail(403, 'auth.suspended', 'This account is suspended. Please ask an administrator.');
  end if;

  -- What an admin has assigned counts at once, also while the identity provider still says otherwise.
  if profile.role_assigned_at is not null and caller <> 'mm_' || profile.role then
    perform app.fail(
      403, 'auth.role_changed',
      format('Your role is %s now. Please sign out and in again; if that does not help, ask an administrator.', profile.role));
  end if;
end
$$;

grant execute on function authz.check_request()
  to mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;
