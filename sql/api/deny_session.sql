-- Ends a session for good, at every door at once: everybody their own, and an admin, who has just confirmed who they are, any, also one
-- that was never seen here (a token may have been stolen before it was used).
create function api.deny_session(session_id text, reason text, out id text, out denied_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  is_admin boolean := authz.caller_role() = 'mm_admin';
  known authz.sessions;
  errors jsonb[] := app.reason_errors(deny_session.reason);
begin
  if coalesce(length(session_id), 0) not between 1 and 200 then
    errors := errors || app.field_error('session_id', 'length', 'Name the session by its id, of 1 to 200 characters.');
  end if;
  perform app.refuse_fields(errors);

  select s.* into known from authz.sessions s where s.id = session_id for no key update;
  if known.profile_id is distinct from me then
    if not is_admin then
      perform app.fail(404, 'session.not_found', 'There is no such session, or it is not yours.');
    end if;
    perform authz.use_confirmation('session.denied');
  end if;
  if known.denied_at is not null then
    perform app.fail(409, 'session.already_denied', 'This session has been ended before.');
  end if;

  perform audit.explain('session.denied', btrim(deny_session.reason));
  insert into authz.sessions as s (id, denied_at, denied_by, deny_reason)
  values (session_id, now(), me, btrim(deny_session.reason))
  on conflict (id) do update
    set denied_at = excluded.denied_at, denied_by = excluded.denied_by, deny_reason = excluded.deny_reason
    where s.denied_at is null
  returning s.id, s.denied_at into deny_session.id, deny_session.denied_at;
  perform audit.explain();
end
$$;

comment on function api.deny_session(text, text) is
  'Ends a session for good: one''s own, or for an admin any, which needs a fresh confirmation.';
grant execute on function api.deny_session(text, text) to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;
