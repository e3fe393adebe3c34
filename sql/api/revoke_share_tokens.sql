-- Takes many share links back at one moment (SH-08, SH-09): the caller's own, or for an admin anybody's, with a reason and a fresh
-- confirmation. Which ones is said by ids, by a video, by a coach or by a filter, and decided here: `expected_count` is what
-- api.preview_revocation showed, and when the choice has changed since, nothing happens. Answers the receipt, which stays in
-- api.revocations.
create function api.revoke_share_tokens(
  reason text, expected_count integer, token_ids uuid[] default null, of_video_id uuid default null, of_coach_id uuid default null,
  filter jsonb default null,
  out revocation_id uuid, out revoked_at timestamptz, out token_count integer, out last_byte_possible_by timestamptz,
  out tokens jsonb
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  why text := btrim(revoke_share_tokens.reason);
  chosen uuid[];
  receipt app.revocations;
begin
  perform app.refuse_fields(
    app.reason_errors(why)
    || case when expected_count is null or expected_count < 1
      then array[app.field_error('expected_count', 'range', 'Say how many links the preview showed, at least 1.')] else '{}' end);
  chosen := app.lock_chosen_tokens(
    revoke_share_tokens.token_ids, revoke_share_tokens.of_video_id, revoke_share_tokens.of_coach_id, revoke_share_tokens.filter,
    expected_count);
  perform authz.use_confirmation('share_token.revoked');
  receipt := app.revoke_chosen(
    chosen, why, revoke_share_tokens.of_video_id, revoke_share_tokens.of_coach_id, revoke_share_tokens.filter);

  revocation_id := receipt.id;
  revoke_share_tokens.revoked_at := receipt.revoked_at;
  token_count := receipt.token_count;
  revoke_share_tokens.last_byte_possible_by := receipt.last_byte_possible_by;
  select jsonb_agg(
      jsonb_build_object(
        'id', t.id, 'public_id', t.public_id, 'label', t.label, 'video_id', t.video_id, 'last_decision_at', l.last_decision_at,
        'last_heartbeat_at', l.last_heartbeat_at, 'last_byte_possible_by', l.last_byte_possible_by)
      order by t.id) into tokens
  from app.revoked_tokens l join app.share_tokens t on t.id = l.share_token_id
  where l.revocation_id = receipt.id;
end
$$;

comment on function api.revoke_share_tokens(text, integer, uuid[], uuid, uuid, jsonb) is
  'Revokes the chosen share links at one moment, with a reason; answers the receipt. Needs a preview and a fresh confirmation.';
grant execute on function api.revoke_share_tokens(text, integer, uuid[], uuid, uuid, jsonb) to mm_coach, mm_admin;
