-- Takes a share link back (SH-08, SH-09): for the owner or an admin, with a reason, at once and for good. Answers by when the last byte can
-- have been played: the moment the last playback token minted for it dies, or now when none is alive. Its coach is told, when it was somebody else.
create function api.revoke_share_token(
  inout id uuid, reason text, out revoked_at timestamptz, out last_byte_possible_by timestamptz
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  share app.share_tokens;
  why text := btrim(revoke_share_token.reason);
begin
  select t.* into share from app.share_tokens t where t.id = revoke_share_token.id for no key update;
  if not found or not authz.can_manage(share.coach_id) then
    perform app.fail(404, 'share.not_found', 'There is no such share link, or you may not revoke it.');
  end if;
  perform app.refuse_fields(app.reason_errors(why));
  if share.revoked_at is not null then
    perform app.fail(409, 'share.already_revoked', 'This share link has been revoked before.');
  end if;

  perform audit.explain('share_token.revoked', why);
  update app.share_tokens t
  set revoked_at = clock_timestamp(), revoked_by = authz.profile_id(), revoke_reason = why
  where t.id = share.id
  returning t.revoked_at into revoke_share_token.revoked_at;
  perform audit.explain();

  -- Decisions lock the link in share mode, so by now every one that was allowed is visible here.
  select greatest(last.token_expires_at, revoke_share_token.revoked_at) into last_byte_possible_by
  from app.last_playback(share.id) last;
  perform app.tell_of_revocation(array[share.id], 'share.revoked:' || share.id);
end
$$;

comment on function api.revoke_share_token(uuid, text) is
  'Revokes a share link for good, with a reason; answers by when the last byte can have been played.';
grant execute on function api.revoke_share_token(uuid, text) to mm_coach, mm_admin;
