-- Takes in what a viewer's page reports while it plays (AN-03): late, twice, in any order and with gaps, each event once by session and
-- sequence. The first heartbeat, or the end when no heartbeat came through, claims a view of the link. A session that no decision has
-- let in with this link, or whose last token died more than a day ago, is refused in the words of a link that does not work.
--
-- Without consent nothing is measured: of all that is reported only that the session began to watch is kept, once, as a bare heartbeat
-- of number 0, beside the view that it claims (CO-11, AN-03).
--
-- may_continue is false when the page should stop asking: the link was revoked, has ended, or its views went to others. What has been
-- watched until then is recorded all the same.
create function app.record_playback_events(
  public_id text, session_id uuid, events jsonb, consent boolean, out accepted integer, out may_continue boolean
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  share app.share_tokens;
  viewing record;
  length_ms integer;
  plays boolean;
  kept jsonb := events;
  news app.playback_sessions;
begin
  select t.* into share from app.share_tokens t where t.public_id = record_playback_events.public_id for share;
  select s.* into viewing from app.viewer_session(share.id, record_playback_events.session_id) s;
  if viewing.started_at is null or viewing.plays_until + app.late_event_grace() < now() then
    perform app.fail(403, 'share.unavailable', 'This link does not work, or does not work any more.');
  end if;
  perform app.refuse_fields(app.playback_event_errors(events));
  select coalesce(bool_or(e.kind in ('heartbeat', 'ended')), false) into plays from app.read_playback_events(events, 0) e;
  if consent is not true then
    kept := case when plays then '[{"sequence": 0, "kind": "heartbeat"}]' else '[]' end;
  end if;

  select coalesce(ceil(v.duration_seconds * 1000), 172800000)::integer into length_ms from app.videos v where v.id = viewing.video_id;
  with added as (
    insert into app.playback_events (
      session_id, sequence, session_started_at, occurred_at, share_token_id, video_id, coach_id, kind, position_ms, watched_ms,
      rebuffer_ms, error_code)
    select record_playback_events.session_id, e.sequence, viewing.started_at,
      greatest(viewing.started_at, least(coalesce(e.occurred_at, now()), now())), share.id, viewing.video_id, share.coach_id, e.kind,
      e.position_ms, e.watched_ms, e.rebuffer_ms, e.error_code
    from app.read_playback_events(kept, least(length_ms, 172800000)) e
    on conflict on constraint playback_events_pkey do nothing
    returning sequence, kind, watched_ms, rebuffer_ms, error_code
  )
  select count(*), bool_or(a.kind <> 'error'), bool_or(a.kind = 'ended'), range_agg(a.watched_ms),
    app.watched_length(range_agg(a.watched_ms)), sum(app.watched_length(a.watched_ms)), sum(a.rebuffer_ms),
    count(*) filter (where a.kind = 'error'), max(a.sequence) filter (where a.kind = 'error'),
    (array_agg(a.error_code order by a.sequence desc) filter (where a.kind = 'error'))[1]
  into accepted, news.is_played, news.is_ended, news.watched_ms, news.watched_length_ms, news.played_ms, news.rebuffer_ms,
    news.error_count, news.last_error_sequence, news.last_error_code
  from added a;
  if accepted > 0 then
    news.id := record_playback_events.session_id;
    news.share_token_id := share.id;
    news.video_id := viewing.video_id;
    news.coach_id := share.coach_id;
    news.started_at := viewing.started_at;
    news.last_event_at := now();
    news.event_count := accepted;
    news.is_measured := consent is true;
    news.recipient_id := app.recipient_in(news.id);
    news.user_agent_family := viewing.user_agent_family;
    perform app.add_to_session(news);
  end if;

  may_continue := share.revoked_at is null and share.expires_at > now();
  if may_continue and plays then
    may_continue := app.claim_view(share, record_playback_events.session_id);
  elsif may_continue then
    may_continue := not app.views_exhausted(share, record_playback_events.session_id);
  end if;
end
$$;

grant execute on function app.record_playback_events(text, uuid, jsonb, boolean) to mm_service;
