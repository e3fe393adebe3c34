-- Takes an invitation back: from now on nobody gets in by it. Its link at the identity provider is withdrawn by the worker.
create function api.revoke_invitation(invitation_id uuid, reason text, out id uuid, out revoked_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  invitation app.invitations;
begin
  perform app.refuse_fields(app.reason_errors(revoke_invitation.reason));
  invitation := app.lock_invitation(invitation_id, array['queued', 'sent', 'failed']);

  perform audit.explain('invitation.revoked', btrim(revoke_invitation.reason));
  -- A worker that is just making it keeps its turn until its lease ends, so that what it makes is there to be withdrawn.
  update app.invitations i
  set state = 'revoked', revoked_at = now(), revoked_by = me, pending_step = 'withdraw',
      next_attempt_at = case when i.runner is null then now() else greatest(i.next_attempt_at, now()) end,
      runner = null, attempts = 0, last_error = null
  where i.id = invitation.id
  returning i.id, i.revoked_at into revoke_invitation.id, revoke_invitation.revoked_at;
  perform audit.explain();
end
$$;

comment on function api.revoke_invitation(uuid, text) is 'Takes an invitation back: from then on nobody gets in by it.';
grant execute on function api.revoke_invitation(uuid, text) to mm_admin;
