-- Takes many share links back at one moment (SH-08, SH-09): the caller's own, or for an admin anybody's, with a reason and a fresh
-- confirmation. `expected_count` is what api.preview_revocation showed: when the choice has changed since, nothing happens. Answers the
-- receipt, which stays in api.revocations.
--
-- The links are locked in the order of their ids, as every other revocation does, so that two that overlap wait instead of deadlocking;
-- and a decision under way holds its link until it is recorded, so that the moments on the receipt are true.
create function api.revoke_share_tokens(
  reason text, expected_count integer, token_ids uuid[] default null, of_video_id uuid default null, of_coach_id uuid default null,
  out revocation_id uuid, out revoked_at timestamptz, out token_count integer, out last_byte_possible_by timestamptz,
  out tokens jsonb
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  why text := btrim(revoke_share_tokens.reason);
  chosen uuid[];
  errors jsonb[] := app.reason_errors(why);
begin
  if expected_count is null or expected_count < 1 then
    errors := errors || app.field_error('expected_count', 'range', 'Say how many links the preview showed, at least 1.');
  end if;
  perform app.refuse_fields(errors);

  perform from app.share_tokens t
  where t.id in (
    select c.id from app.choose_tokens(
      revoke_share_tokens.token_ids, revoke_share_tokens.of_video_id, revoke_share_tokens.of_coach_id) c)
  order by t.id for no key update;
  -- Chosen again: while this waited for the locks, somebody else may have revoked some.
  select array_agg(c.id order by c.id) into chosen
  from app.choose_tokens(
    revoke_share_tokens.token_ids, revoke_share_tokens.of_video_id, revoke_share_tokens.of_coach_id) c;
  if coalesce(cardinality(chosen), 0) <> expected_count then
    perform app.fail(
      409, 'share.selection_changed',
      format('The choice holds %s live links now, not %s. Please look at the preview again.',
             coalesce(cardinality(chosen), 0), expected_count));
  end if;

  perform authz.use_confirmation('share_token.revoked');
  revocation_id := uuidv7();
  revoke_share_tokens.revoked_at := clock_timestamp();
  perform audit.explain('share_token.revoked', why);
  update app.share_tokens t
  set revoked_at = revoke_share_tokens.revoked_at, revoked_by = me, revoke_reason = why
  where t.id = any (chosen);
  perform audit.explain();

  token_count := cardinality(chosen);
  select greatest(max(last.token_expires_at), revoke_share_tokens.revoked_at) into last_byte_possible_by
  from unnest(chosen) c (id) cross join lateral app.last_playback(c.id) last;
  insert into app.revocations (
    id, revoked_at, revoked_by, reason, of_video_id, of_coach_id, token_count, last_byte_possible_by)
  values (
    revocation_id, revoke_share_tokens.revoked_at, me, why, revoke_share_tokens.of_video_id, revoke_share_tokens.of_coach_id,
    revoke_share_tokens.token_count, revoke_share_tokens.last_byte_possible_by);

  with lines as (
    insert into app.revoked_tokens as r (share_token_id, revocation_id, coach_id, last_decision_at, last_byte_possible_by)
    select t.id, revoke_share_tokens.revocation_id, t.coach_id, last.decided_at,
           greatest(last.token_expires_at, revoke_share_tokens.revoked_at)
    from app.share_tokens t cross join lateral app.last_playback(t.id) last
    where t.id = any (chosen)
    returning r.share_token_id, r.last_decision_at, r.last_byte_possible_by)
  select jsonb_agg(
      jsonb_build_object(
        'id', t.id, 'public_id', t.public_id, 'label', t.label, 'video_id', t.video_id,
        'last_decision_at', l.last_decision_at, 'last_byte_possible_by', l.last_byte_possible_by)
      order by t.id) into tokens
  from lines l join app.share_tokens t on t.id = l.share_token_id;
end
$$;

comment on function api.revoke_share_tokens(text, integer, uuid[], uuid, uuid) is
  'Revokes the chosen share links at one moment, with a reason; answers the receipt. Needs a preview and a fresh confirmation.';
grant execute on function api.revoke_share_tokens(text, integer, uuid[], uuid, uuid) to mm_coach, mm_admin;
