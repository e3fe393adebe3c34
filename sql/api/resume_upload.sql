-- What the owner needs to go on with an upload of theirs, after the page was closed or on another machine: where it stands and which file
-- it was. The api asks Mux for the address by mux_upload_id; the address itself is kept nowhere, since whoever has it may write.
create function api.resume_upload(
  inout upload_job_id uuid, out video_id uuid, out state text, out mux_upload_id text, out file_name text, out file_size_bytes bigint,
  out file_fingerprint text, out expires_at timestamptz
)
language plpgsql stable security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  select j.video_id, j.state, j.mux_upload_id, j.file_name, j.file_size_bytes, j.file_fingerprint, j.expires_at
    into resume_upload.video_id, resume_upload.state, resume_upload.mux_upload_id, resume_upload.file_name,
         resume_upload.file_size_bytes, resume_upload.file_fingerprint, resume_upload.expires_at
  from app.upload_jobs j
  where j.id = resume_upload.upload_job_id and j.coach_id = authz.profile_id();
  if not found then
    perform app.fail(404, 'upload.not_found', 'There is no such upload, or it is not yours.');
  end if;
end
$$;

comment on function api.resume_upload(uuid) is
  'Where the caller''s own upload stands and which file it was, for going on with it. The api asks Mux for the address.';
grant execute on function api.resume_upload(uuid) to mm_coach;
