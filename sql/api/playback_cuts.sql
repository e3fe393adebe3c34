create view api.playback_cuts with (security_invoker = true) as
select
  c.id,
  c.video_id,
  (select v.title from app.videos v where v.id = c.video_id) as video_title,
  c.coach_id,
  (select p.display_name from app.profiles p where p.id = c.coach_id) as coach_name,
  c.requested_by,
  (select p.display_name from app.profiles p where p.id = c.requested_by) as requested_by_name,
  c.requested_at,
  c.reason,
  c.revocation_id,
  c.state,
  c.switched_at,
  c.deleted_at,
  c.confirmed_at,
  c.failed_at,
  round(extract(epoch from c.confirmed_at - c.requested_at) * 1000)::integer as confirmed_after_ms,
  c.refused_status,
  c.attempts,
  case when c.state in ('requested', 'switched', 'deleted') then c.next_attempt_at end as next_attempt_at,
  c.last_error
from app.playback_cuts c;

comment on view api.playback_cuts is 'Cuts and how far they are: a coach''s own videos, or all for an admin.';
comment on column api.playback_cuts.requested_by_name is 'Who cut; empty for a coach when it was somebody else.';
comment on column api.playback_cuts.confirmed_after_ms is 'Milliseconds from the request until the stream refused the old id; null until then.';
grant select on api.playback_cuts to mm_coach, mm_admin;
