-- One table in FROM and subqueries for the rest: that keeps the view updatable, and row-level security decides on every table of it.
create view api.videos with (security_invoker = true) as
select
  v.id,
  v.coach_id,
  (select p.display_name from app.profiles p where p.id = v.coach_id) as coach_name,
  v.title,
  v.description,
  v.status,
  v.duration_seconds,
  v.aspect_ratio,
  v.error_code,
  v.error_message,
  v.created_at,
  v.updated_at,
  v.ready_at,
  v.deleted_at,
  v.version,
  (
    select count(*)::integer from app.share_tokens t
    where t.video_id = v.id and t.revoked_at is null and t.expires_at > now() and coalesce(t.starts_at, t.created_at) <= now()
  ) as active_share_count,
  (select j.state from app.upload_jobs j where j.video_id = v.id) as upload_state,
  (select j.id from app.upload_jobs j where j.video_id = v.id) as upload_job_id
from app.videos v;

comment on view api.videos is 'Videos: a coach''s own, or all for an admin. Title and description can be changed.';
comment on column api.videos.active_share_count is 'Share links of the video that work now.';
comment on column api.videos.upload_state is 'State of the upload that the video comes from.';
grant select, update (title, description) on api.videos to mm_coach, mm_admin;
