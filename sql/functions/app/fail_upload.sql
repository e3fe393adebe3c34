-- Closes a job that did not succeed, with a code and a sentence for the coach, who may try again.
create function app.fail_upload(upload_job_id uuid, error_code text, error_message text) returns void
language sql volatile security definer
set search_path = ''
as $$
  select app.advance_upload_job(upload_job_id, 'errored', now(), error_code, error_message)
$$;

grant execute on function app.fail_upload(uuid, text, text) to mm_service;
