-- Ends all sessions of somebody for good, at every door at once: everybody their own but the one that asks, and an admin, who has just
-- confirmed who they are, all of somebody else. A token that was stolen is worth nothing from then on; a new sign-in makes a new session.
create function api.deny_sessions(
  profile_id uuid, reason text, out id uuid, out denied_at timestamptz, out session_count integer
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  is_own boolean := coalesce(deny_sessions.profile_id = me, false);
begin
  perform app.refuse_fields(app.reason_errors(deny_sessions.reason));
  if not is_own and not (authz.caller_role() = 'mm_admin' and exists (
    select from app.profiles p where p.id = deny_sessions.profile_id
  )) then
    perform app.fail(404, 'profile.not_found', 'There is no such account.');
  end if;
  if not exists (
    select from authz.sessions s
    where s.profile_id = deny_sessions.profile_id and s.denied_at is null
      and not (is_own and s.id = coalesce(authz.claims() ->> 'sid', ''))
  ) then
    perform app.fail(409, 'session.none_open', 'There is no other session that could be ended.');
  end if;
  if not is_own then
    perform authz.use_confirmation('session.denied');
  end if;

  perform audit.explain('session.denied', btrim(deny_sessions.reason));
  update authz.sessions s set denied_at = now(), denied_by = me, deny_reason = btrim(deny_sessions.reason)
  where s.profile_id = deny_sessions.profile_id and s.denied_at is null
    and not (is_own and s.id = coalesce(authz.claims() ->> 'sid', ''));
  get diagnostics session_count = row_count;
  perform audit.explain();
  deny_sessions.id := deny_sessions.profile_id;
  deny_sessions.denied_at := now();
end
$$;

comment on function api.deny_sessions(uuid, text) is
  'Ends all sessions of a person for good: one''s own but the present one, or for an admin somebody else''s, which needs a fresh confirmation.';
grant execute on function api.deny_sessions(uuid, text) to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;
