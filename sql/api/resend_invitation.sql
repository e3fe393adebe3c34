-- Sends an invitation again, with a new link and a new end; links sent before stop working. Five times at the most.
create function api.resend_invitation(invitation_id uuid, out id uuid, out expires_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  invitation app.invitations := app.lock_invitation(invitation_id, array['queued', 'sent', 'expired', 'failed']);
begin
  perform app.check_invitation(invitation.email, invitation.id);
  if invitation.sendings >= app.max_invitation_sendings() then
    perform app.fail(
      409, 'invitation.sent_often', format('It was sent %s times. Revoke it, and ask the person before you invite them anew.', invitation.sendings));
  end if;

  perform authz.use_confirmation('invitation.resent');
  perform audit.explain('invitation.resent');
  -- A worker that is at the sending before keeps its turn until its lease ends: two at a time would send two mails.
  update app.invitations i
  set state = 'queued', sendings = i.sendings + 1, asked_at = now(), expires_at = now() + app.invitation_life(), pending_step = 'create',
      next_attempt_at = case when i.runner is null then now() else greatest(i.next_attempt_at, now()) end,
      runner = null, attempts = 0, last_error = null
  where i.id = invitation.id
  returning i.id, i.expires_at into resend_invitation.id, resend_invitation.expires_at;
  perform audit.explain();
end
$$;

comment on function api.resend_invitation(uuid) is
  'Sends an invitation again, with a new link and a new end. Needs a fresh confirmation.';
grant execute on function api.resend_invitation(uuid) to mm_admin;
