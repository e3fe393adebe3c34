-- What was watched, by viewer session, for the people whose videos they are: units as people read them.
create view api.playback_sessions with (security_invoker = true) as
select
  s.id,
  s.share_token_id,
  (select t.label from app.share_tokens t where t.id = s.share_token_id) as share_label,
  s.video_id,
  (select v.title from app.videos v where v.id = s.video_id) as video_title,
  s.coach_id,
  s.recipient_id,
  (select r.value from app.share_recipients r where r.id = s.recipient_id) as recipient,
  s.started_at,
  s.last_event_at,
  s.is_played,
  s.is_measured,
  s.is_ended,
  case when s.is_measured then round(s.watched_length_ms / 1000.0, 3) end as watch_seconds,
  case when s.is_measured and s.is_played then round(app.completion_of(s.watched_length_ms, (
    select v.duration_seconds from app.videos v where v.id = s.video_id)), 4) end as completion,
  case when s.is_measured then round(s.rebuffer_ms / 1000.0, 3) end as rebuffer_seconds,
  case when s.is_measured then app.rebuffer_ratio(s.rebuffer_ms, s.played_ms) end as rebuffer_ratio,
  s.error_count,
  s.last_error_code,
  s.user_agent_family
from app.playback_sessions s;

comment on view api.playback_sessions is 'Viewer sessions that have reported something: of a coach''s own videos, or all for an admin.';
comment on column api.playback_sessions.id is 'The viewer session''s id; random, and of no use elsewhere.';
comment on column api.playback_sessions.recipient is 'Which address or domain of the link''s recipients it was; empty where nobody has to prove who they are.';
comment on column api.playback_sessions.started_at is 'When the link let it in.';
comment on column api.playback_sessions.is_played is 'Whether it began to watch.';
comment on column api.playback_sessions.is_measured is 'Whether the viewer agreed to be measured; without it nothing is known but that they began to watch.';
comment on column api.playback_sessions.is_ended is 'Whether it came to the end of the video.';
comment on column api.playback_sessions.watch_seconds is 'Seconds of the video that were watched, parts seen twice counted once; null when not measured.';
comment on column api.playback_sessions.completion is 'The part of the video that was watched, 0 to 1; null when not measured, or when the length is unknown.';
comment on column api.playback_sessions.rebuffer_seconds is 'For how long the picture stood still to load; null when not measured.';
comment on column api.playback_sessions.rebuffer_ratio is 'That against the time it played and stood still together, 0 to 1; null when it did neither.';
comment on column api.playback_sessions.error_count is 'Errors that the player reported.';
grant select on api.playback_sessions to mm_coach, mm_admin;
