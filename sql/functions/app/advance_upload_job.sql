-- Moves an upload job, and its video with it, up to a state, or leaves them where they are. `at` is when it happened;
-- `new_processing_at` is when Mux had the whole file, for a caller that knows it besides. As in app.advance_video, every column is
-- joined by greatest or least.
create function app.advance_upload_job(
  job_id uuid, new_state text, at timestamptz, new_error_code text default null, new_error_message text default null,
  new_processing_at timestamptz default null
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  old app.upload_jobs;
  new app.upload_jobs;
  step integer;
  is_final boolean := new_state in ('expired', 'cancelled', 'errored', 'ready');
begin
  select j.* into old from app.upload_jobs j where j.id = job_id for no key update;
  if not found then
    return;
  end if;
  new := old;
  step := app.upload_state_rank(new_state) - app.upload_state_rank(old.state);
  if step > 0 then
    new.state := new_state;
    new.error_code := new_error_code;
    new.error_message := new_error_message;
    new.finished_at := case when is_final then at end;
  elsif step = 0 then
    new.error_code := least(old.error_code, new_error_code);
    new.error_message := least(old.error_message, new_error_message);
    new.finished_at := case when is_final then least(old.finished_at, at) end;
  end if;
  if new_state = 'uploading' then
    new.uploading_at := least(old.uploading_at, at);
  end if;
  new.processing_at := least(old.processing_at, new_processing_at, case when new_state = 'processing' then at end);

  if new is distinct from old then
    update app.upload_jobs j
    set state = new.state, error_code = new.error_code, error_message = new.error_message,
        uploading_at = new.uploading_at, processing_at = new.processing_at, finished_at = new.finished_at
    where j.id = job_id;
  end if;

  -- An upload that ran out of time leaves a video that failed; otherwise the video follows the job under the same name.
  if new_state in ('requested', 'uploading') then
    return;
  end if;
  perform app.advance_video(
    old.video_id, case new_state when 'expired' then 'errored' else new_state end, at, new_error_code, new_error_message);
end
$$;
