create view api.upload_jobs with (security_invoker = true) as
select
  j.id, j.video_id, (select v.title from app.videos v where v.id = j.video_id) as video_title, j.coach_id, j.state, j.file_name, j.file_size_bytes, j.content_type, j.error_code, j.error_message,
  j.share_token_id, j.expires_at, j.requested_at, j.uploading_at, j.processing_at, j.finished_at
from app.upload_jobs j;

comment on view api.upload_jobs is 'Uploads: a coach''s own, or all for an admin.';
grant select on api.upload_jobs to mm_coach, mm_admin;
