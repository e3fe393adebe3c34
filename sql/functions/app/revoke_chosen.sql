-- When a viewer's page last told that it plays by this link; null when none ever did.
create function app.last_heartbeat(share_token_id uuid) returns timestamptz
language sql stable
set search_path = ''
as $$
  select max(e.received_at) from app.playback_events e where e.share_token_id = last_heartbeat.share_token_id
$$;

-- Revokes links that the caller holds locked and may revoke, at one moment, and writes the receipt with a line for each. A decision under
-- way holds its link until it is recorded, so that the moments on the receipt are true. Their coaches are told (SH-18), except of what
-- they did themselves.
create function app.revoke_chosen(chosen uuid[], why text, of_video_id uuid, of_coach_id uuid, filter jsonb) returns app.revocations
language plpgsql volatile
set search_path = ''
as $$
declare
  me uuid := authz.profile_id();
  receipt app.revocations;
begin
  receipt.id := uuidv7();
  receipt.revoked_at := clock_timestamp();
  receipt.revoked_by := me;
  receipt.reason := why;
  receipt.of_video_id := revoke_chosen.of_video_id;
  receipt.of_coach_id := revoke_chosen.of_coach_id;
  receipt.filter := revoke_chosen.filter;
  receipt.token_count := cardinality(chosen);
  perform audit.explain('share_token.revoked', why);
  update app.share_tokens t
  set revoked_at = receipt.revoked_at, revoked_by = me, revoke_reason = why
  where t.id = any (chosen);
  perform audit.explain();

  select greatest(max(last.token_expires_at), receipt.revoked_at) into receipt.last_byte_possible_by
  from unnest(chosen) c (id) cross join lateral app.last_playback(c.id) last;
  insert into app.revocations select receipt.*;
  insert into app.revoked_tokens (
    share_token_id, revocation_id, coach_id, last_decision_at, last_byte_possible_by, last_heartbeat_at)
  select t.id, receipt.id, t.coach_id, last.decided_at, greatest(last.token_expires_at, receipt.revoked_at), app.last_heartbeat(t.id)
  from app.share_tokens t cross join lateral app.last_playback(t.id) last
  where t.id = any (chosen);

  perform app.tell_of_revocation(chosen, 'share.revoked:' || receipt.id);
  return receipt;
end
$$;

-- Tells the coaches of these links that they were revoked, one notice each; nobody of what they did themselves. What is told is cut short, so
-- that it always fits into a notice: no notice may stop a revocation.
create function app.tell_of_revocation(chosen uuid[], occasion text) returns void
language sql volatile
set search_path = ''
as $$
  select app.enqueue_notification('share.revoked', l.coach_id, occasion, l.facts)
  from (
    select t.coach_id, jsonb_build_object(
        'count', count(*), 'shareTokenIds', to_jsonb((array_agg(t.id order by t.id))[1:20]),
        'videoTitles', to_jsonb((array_agg(distinct left(v.title, 100)))[1:3]), 'revokedAt', max(t.revoked_at),
        'reason', left(max(t.revoke_reason), 300)) as facts
    from app.share_tokens t join app.videos v on v.id = t.video_id
    where t.id = any (chosen) and t.coach_id is distinct from authz.profile_id()
    group by t.coach_id) l
$$;
