-- What viewers' pages reported, by link. A play is a viewer session that began to watch; what it watched is the union of the parts that its
-- events report, so that a part seen twice, or reported twice, counts once. Completion is that union against the video's length.
create view api.share_token_plays with (security_invoker = true) as
select t.id, t.video_id, t.coach_id, t.created_at, p.play_count, p.watch_seconds, p.completion, p.last_event_at
from app.share_tokens t
cross join lateral (
  select
    count(*) filter (where s.played)::integer as play_count,
    round(coalesce(sum(s.watched), 0) / 1000.0, 3) as watch_seconds,
    round(avg(least(1, s.watched / nullif(1000 * (
      select v.duration_seconds from app.videos v where v.id = t.video_id), 0))) filter (where s.played), 4) as completion,
    max(s.last_event_at) as last_event_at
  from (
    select bool_or(e.kind <> 'error') as played, max(e.received_at) as last_event_at,
           app.watched_length(range_agg(e.watched_ms)) as watched
    from app.playback_events e where e.share_token_id = t.id group by e.session_id
  ) s
) p;

comment on view api.share_token_plays is 'Plays of share links by what viewers'' pages reported: a coach''s own, or all for an admin.';
comment on column api.share_token_plays.id is 'The share link''s id.';
comment on column api.share_token_plays.play_count is 'Viewer sessions that began to watch.';
comment on column api.share_token_plays.watch_seconds is 'Seconds of the video that were watched, parts seen twice in a session counted once; of all sessions together.';
comment on column api.share_token_plays.completion is 'The part of the video that a session watched, 0 to 1, on average of the plays; null without one.';
comment on column api.share_token_plays.last_event_at is 'When the last event was received.';
grant select on api.share_token_plays to mm_coach, mm_admin;
