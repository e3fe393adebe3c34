-- Folds one sight of a Mux direct upload into its job. `mux_status` is the vendor's: waiting, asset_created, errored, cancelled or
-- timed_out. Mux forgets to say goodbye to an upload that timed out, so that one comes from the reconciler only.
create function app.apply_upload(
  job_id uuid, mux_upload_id text, mux_status text, asset_id text, error_code text, error_message text, at timestamptz
) returns void
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform from app.upload_jobs j where j.id = job_id for no key update;
  update app.upload_jobs j set mux_upload_id = apply_upload.mux_upload_id
  where j.id = job_id and j.mux_upload_id is null and apply_upload.mux_upload_id is not null;

  case mux_status
    when 'waiting' then
      perform app.advance_upload_job(job_id, 'uploading', at);
    when 'asset_created' then
      perform app.advance_upload_job(job_id, 'processing', at);
    when 'cancelled' then
      perform app.advance_upload_job(job_id, 'cancelled', at);
    when 'timed_out' then
      perform app.advance_upload_job(
        job_id, 'expired', at, 'upload.expired', 'The upload was not finished in time. Please try again.');
    when 'errored' then
      perform app.advance_upload_job(
        job_id, 'errored', at, coalesce(error_code, 'upload.errored'),
        coalesce(error_message, 'The upload failed. Please try again.'));
    else
      raise exception using errcode = '22023', message = format('Unknown status of an upload: %s.', mux_status);
  end case;

  -- The asset may have come first, as an orphan; or comes later, and then knows its upload by itself.
  if asset_id is not null then
    insert into app.mux_assets (id, upload_job_id, video_id, created_at)
    select asset_id, j.id, j.video_id, at from app.upload_jobs j where j.id = job_id
    on conflict (id) do update
      set upload_job_id = excluded.upload_job_id, video_id = excluded.video_id
      where mux_assets.upload_job_id is null;
    update app.mux_assets a set created_at = at where a.id = asset_id and a.created_at > at;
    perform app.settle_asset(asset_id);
  end if;
end
$$;
