-- Who of those that a link is for has watched, and who has not: one row for each recipient. A domain stands for everybody there.
create view api.recipient_plays with (security_invoker = true) as
select
  r.id, r.share_token_id, (select t.video_id from app.share_tokens t where t.id = r.share_token_id) as video_id, r.coach_id,
  r.kind, r.value, r.created_at, p.play_count, p.watch_seconds, p.last_played_at
from app.share_recipients r
cross join lateral (
  select
    count(*)::integer as play_count,
    round(coalesce(sum(s.watched_length_ms), 0) / 1000.0, 3) as watch_seconds,
    max(s.started_at) as last_played_at
  from app.playback_sessions s where s.recipient_id = r.id and s.is_played
) p;

comment on view api.recipient_plays is 'Recipients of share links and whether they have watched: a coach''s own links, or all for an admin.';
comment on column api.recipient_plays.id is 'The recipient''s id.';
comment on column api.recipient_plays.video_id is 'The video that the link is for.';
comment on column api.recipient_plays.play_count is 'Viewer sessions of this recipient that began to watch; 0: they have not watched.';
comment on column api.recipient_plays.watch_seconds is 'Seconds of the video that they watched, of all their sessions together; of those who agreed to be measured.';
comment on column api.recipient_plays.last_played_at is 'When the last session that watched was let in.';
grant select on api.recipient_plays to mm_coach, mm_admin;
