-- Cancels the caller's own upload while bytes are still coming. Answers the state it is in now: when the file has already arrived, or the
-- upload has ended, that state is unchanged. The api takes the address back at Mux by mux_upload_id. The link that was made together with
-- the upload is revoked with it: there will be nothing to watch.
create function api.cancel_upload(inout upload_job_id uuid, out state text, out mux_upload_id text)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  job app.upload_jobs;
begin
  select j.* into job from app.upload_jobs j
  where j.id = cancel_upload.upload_job_id and j.coach_id = authz.profile_id()
  for no key update;
  if not found then
    perform app.fail(404, 'upload.not_found', 'There is no such upload, or it is not yours.');
  end if;

  if job.state in ('requested', 'uploading') then
    perform audit.explain('upload_job.cancelled');
    perform app.advance_upload_job(job.id, 'cancelled', now());
    perform audit.explain('share_token.revoked', 'The upload was cancelled.');
    update app.share_tokens t
    set revoked_at = clock_timestamp(), revoked_by = job.coach_id, revoke_reason = 'The upload was cancelled.'
    where t.id = job.share_token_id and t.revoked_at is null;
    perform audit.explain();
    job.state := 'cancelled';
  end if;
  cancel_upload.state := job.state;
  cancel_upload.mux_upload_id := job.mux_upload_id;
end
$$;

comment on function api.cancel_upload(uuid) is 'Cancels the caller''s own upload while bytes are still coming; answers its state.';
grant execute on function api.cancel_upload(uuid) to mm_coach;
