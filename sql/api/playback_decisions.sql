create view api.playback_decisions with (security_invoker = true) as
select
  d.id,
  d.decided_at,
  d.kind,
  d.allowed,
  d.is_renewal,
  d.rule,
  d.share_token_id,
  d.public_id,
  d.video_id,
  (select v.title from app.videos v where v.id = d.video_id) as video_title,
  d.coach_id,
  d.request_id,
  d.user_agent_family,
  d.token_expires_at
from app.playback_decisions d;

comment on view api.playback_decisions is 'The playback audit: about a coach''s own videos, or all for admins, compliance staff and auditors.';
comment on column api.playback_decisions.video_title is 'Title of the video; empty for those who may not see videos.';
grant select on api.playback_decisions to mm_coach, mm_admin, mm_compliance, mm_auditor;
