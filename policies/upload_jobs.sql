-- A coach reads their own uploads.
-- An admin reads every upload.
-- An operator reads how far every upload has come, by its ids: not whose it is, nor what its file is called.
-- Nobody writes one directly: api.request_upload() and the events of Mux do. Mux's id of an upload and the fingerprint of
-- its file are read by no role.

revoke all on app.upload_jobs from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select (
  id, video_id, coach_id, state, file_name, file_size_bytes, content_type, error_code, error_message,
  share_token_id, expires_at, requested_at, uploading_at, processing_at, finished_at, updated_at
) on app.upload_jobs to mm_coach, mm_admin;
grant select (
  id, video_id, state, file_size_bytes, content_type, error_code, expires_at, requested_at, uploading_at, processing_at, finished_at,
  reconciled_at
) on app.upload_jobs to mm_operator;

-- A coach reads their own uploads.
drop policy if exists upload_jobs_select_coach on app.upload_jobs;
create policy upload_jobs_select_coach on app.upload_jobs for select
  to mm_coach
  using (coach_id = (select authz.profile_id()));

-- An admin reads every upload.
drop policy if exists upload_jobs_select_admin on app.upload_jobs;
create policy upload_jobs_select_admin on app.upload_jobs for select
  to mm_admin
  using (true);

-- An operator reads how far every upload has come.
drop policy if exists upload_jobs_select_operator on app.upload_jobs;
create policy upload_jobs_select_operator on app.upload_jobs for select
  to mm_operator
  using (true);
