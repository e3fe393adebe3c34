-- Remembers the direct upload that Mux made for a job (UP-01), before anybody learns its address. Answers the job's state: no longer
-- uploading when it was cancelled meanwhile.
create function app.attach_upload(upload_job_id uuid, mux_upload_id text, expires_at timestamptz) returns text
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  new_state text;
begin
  update app.upload_jobs j
  set mux_upload_id = attach_upload.mux_upload_id, expires_at = attach_upload.expires_at
  where j.id = attach_upload.upload_job_id
    and (j.mux_upload_id is null or j.mux_upload_id = attach_upload.mux_upload_id);
  if not found then
    perform app.fail(404, 'upload.not_found', 'There is no such upload waiting for an address.');
  end if;
  perform app.advance_upload_job(upload_job_id, 'uploading', now());
  select j.state into new_state from app.upload_jobs j where j.id = upload_job_id;
  return new_state;
end
$$;

grant execute on function app.attach_upload(uuid, text, timestamptz) to mm_service;
