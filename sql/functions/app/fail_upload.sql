-- Closes a job that did not succeed, with a code and a sentence for the coach, who may try again. When it never reached Mux, nobody was told
-- the secret of the link that was made with it: that link is revoked in the coach's name, so that it does not stand among those that live.
create function app.fail_upload(upload_job_id uuid, error_code text, error_message text) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform app.advance_upload_job(upload_job_id, 'errored', now(), error_code, error_message);
  perform audit.explain('share_token.revoked', 'The upload did not begin.');
  update app.share_tokens t
  set revoked_at = clock_timestamp(), revoked_by = t.coach_id, revoke_reason = 'The upload did not begin.'
  from app.upload_jobs j
  where j.id = fail_upload.upload_job_id and j.mux_upload_id is null and t.id = j.share_token_id and t.revoked_at is null;
  perform audit.explain();
end
$$;

grant execute on function app.fail_upload(uuid, text, text) to mm_service;
