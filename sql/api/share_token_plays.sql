-- What viewers' pages reported, by link. A play is a viewer session that began to watch; what it watched is the union of the parts that its
-- events report, so that a part seen twice, or reported twice, counts once. Who did not agree to be measured is counted, and nothing more:
-- averages are of the others.
create view api.share_token_plays with (security_invoker = true) as
select t.id, t.video_id, t.coach_id, t.created_at, p.play_count, p.measured_count, p.watch_seconds, p.completion, p.rebuffer_ratio,
       p.error_session_count, p.last_event_at
from app.share_tokens t
cross join lateral (
  select
    count(*) filter (where s.is_played)::integer as play_count,
    count(*) filter (where s.is_played and s.is_measured)::integer as measured_count,
    round(coalesce(sum(s.watched_length_ms), 0) / 1000.0, 3) as watch_seconds,
    round(avg(app.completion_of(s.watched_length_ms, (
      select v.duration_seconds from app.videos v where v.id = t.video_id))) filter (where s.is_played and s.is_measured), 4) as completion,
    app.rebuffer_ratio(sum(s.rebuffer_ms), sum(s.played_ms)) as rebuffer_ratio,
    count(*) filter (where s.error_count > 0)::integer as error_session_count,
    max(s.last_event_at) as last_event_at
  from app.playback_sessions s where s.share_token_id = t.id
) p;

comment on view api.share_token_plays is 'Plays of share links by what viewers'' pages reported: a coach''s own, or all for an admin.';
comment on column api.share_token_plays.id is 'The share link''s id.';
comment on column api.share_token_plays.play_count is 'Viewer sessions that began to watch.';
comment on column api.share_token_plays.measured_count is 'Those of them whose viewers agreed to be measured: what follows is about them.';
comment on column api.share_token_plays.watch_seconds is 'Seconds of the video that were watched, parts seen twice in a session counted once; of all sessions together.';
comment on column api.share_token_plays.completion is 'The part of the video that a measured play watched, 0 to 1, on average; null without one.';
comment on column api.share_token_plays.rebuffer_ratio is 'The part of the time at the video in which it stood still to load, 0 to 1; null when there was none.';
comment on column api.share_token_plays.error_session_count is 'Viewer sessions that reported an error.';
comment on column api.share_token_plays.last_event_at is 'When the last event was received.';
grant select on api.share_token_plays to mm_coach, mm_admin;
