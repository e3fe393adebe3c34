-- Makes or refreshes the caller's profile from the verified claims of their token: the identity provider decides who they are. Called by
-- the admin app after signing in; calling it again changes nothing but the time they were last seen. Who comes for the first time with an
-- invitation gets the role of the invitation, whatever the token says, and uses it up.
create function api.sign_in(
  out id uuid, out subject text, out role text, out email text, out display_name text, out created_at timestamptz,
  out last_seen_at timestamptz
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  token jsonb := authz.claims();
  claimed_subject text := authz.subject();
  claimed_role text := substr(authz.caller_role(), 4);
  claimed_email text := nullif(left(token ->> 'email', 320), '');
  claimed_name text;
  invitation app.invitations;
  -- When the provider put those claims together: a webhook may have told newer ones meanwhile.
  claimed_at timestamptz := coalesce(to_timestamp((token ->> 'iat')::double precision), now());
begin
  if claimed_subject is null or length(claimed_subject) > 200 then
    perform app.fail(401, 'auth.token_invalid', 'The session token names nobody.');
  end if;
  claimed_name := left(coalesce(nullif(btrim(token ->> 'name'), ''), claimed_email, claimed_subject), 200);

  if not exists (select from app.profiles p where p.subject = claimed_subject) then
    invitation := app.invitation_of(claimed_subject, claimed_email, nullif(btrim(token ->> 'invitation'), ''));
  end if;

  insert into app.profiles as p (subject, role, role_assigned_at, email, display_name, last_seen_at, identity_observed_at)
  values (
    claimed_subject, coalesce(invitation.role, claimed_role), case when invitation.id is not null then now() end, claimed_email, claimed_name,
    date_trunc('minute', now()), claimed_at)
  on conflict (subject) do update
    set role = case when p.role_assigned_at is null then excluded.role else p.role end,
        email = case when p.identity_observed_at > claimed_at then p.email else excluded.email end,
        display_name = case when p.identity_observed_at > claimed_at then p.display_name else excluded.display_name end,
        identity_observed_at = greatest(p.identity_observed_at, claimed_at),
        last_seen_at = excluded.last_seen_at
    where (p.role, p.email, p.display_name, p.last_seen_at)
          is distinct from (excluded.role, excluded.email, excluded.display_name, excluded.last_seen_at)
      or p.identity_observed_at is null or p.identity_observed_at < claimed_at;

  select p.id, p.subject, p.role, p.email, p.display_name, p.created_at, p.last_seen_at
  into sign_in.id, sign_in.subject, sign_in.role, sign_in.email, sign_in.display_name, sign_in.created_at, sign_in.last_seen_at
  from app.profiles p where p.subject = claimed_subject;

  if invitation.id is not null then
    perform audit.explain('invitation.accepted');
    update app.invitations i
    set state = 'accepted', accepted_at = now(), accepted_by = sign_in.id, pending_step = null, runner = null, last_error = null
    where i.id = invitation.id;
    perform audit.explain();
  end if;

  -- Remembered so that it can be seen and ended (api.sessions, api.deny_session). A session never passes to somebody else.
  insert into authz.sessions as s (id, profile_id, last_seen_at)
  values (left(token ->> 'sid', 200), sign_in.id, date_trunc('minute', now()))
  on conflict (id) do update
    set profile_id = coalesce(s.profile_id, excluded.profile_id), last_seen_at = excluded.last_seen_at
    where s.profile_id is null or s.last_seen_at is distinct from excluded.last_seen_at;
end
$$;

comment on function api.sign_in() is 'Makes or refreshes the caller''s profile from their token and answers it.';
grant execute on function api.sign_in() to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;
