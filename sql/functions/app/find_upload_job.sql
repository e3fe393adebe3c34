-- The upload job that something of Mux belongs to: by Mux's upload id, or by the passthrough that we gave it, which is the job's id.
-- Null when it is not ours. A passthrough may be any text, so it is looked at before it is cast.
create function app.find_upload_job(mux_upload_id text, passthrough text) returns uuid
language sql stable
set search_path = ''
as $$
  select coalesce(
    (select j.id from app.upload_jobs j where j.mux_upload_id = find_upload_job.mux_upload_id),
    (select j.id from app.upload_jobs j
     where j.id = case when pg_input_is_valid(passthrough, 'uuid') then passthrough::uuid end))
$$;
