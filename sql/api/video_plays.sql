-- The same as api.share_token_plays, by video, over all of its links.
create view api.video_plays with (security_invoker = true) as
select v.id, v.coach_id, v.created_at, p.play_count, p.watch_seconds, p.completion, p.last_event_at
from app.videos v
cross join lateral (
  select
    count(*) filter (where s.played)::integer as play_count,
    round(coalesce(sum(s.watched), 0) / 1000.0, 3) as watch_seconds,
    round(avg(least(1, s.watched / nullif(1000 * v.duration_seconds, 0))) filter (where s.played), 4) as completion,
    max(s.last_event_at) as last_event_at
  from (
    select bool_or(e.kind <> 'error') as played, max(e.received_at) as last_event_at,
           app.watched_length(range_agg(e.watched_ms)) as watched
    from app.playback_events e where e.video_id = v.id group by e.session_id
  ) s
) p;

comment on view api.video_plays is 'Plays of videos by what viewers'' pages reported: a coach''s own, or all for an admin.';
comment on column api.video_plays.id is 'The video''s id.';
comment on column api.video_plays.play_count is 'Viewer sessions that began to watch.';
comment on column api.video_plays.watch_seconds is 'Seconds of the video that were watched, parts seen twice in a session counted once; of all sessions together.';
comment on column api.video_plays.completion is 'The part of the video that a session watched, 0 to 1, on average of the plays; null without one.';
comment on column api.video_plays.last_event_at is 'When the last event was received.';
grant select on api.video_plays to mm_coach, mm_admin;
