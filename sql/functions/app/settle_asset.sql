-- Tells the upload job and the video what is known of their asset. Called after every change of the asset, also when an asset that came
-- first finds its upload later.
create function app.settle_asset(asset_id text) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  asset app.mux_assets;
begin
  select a.* into asset from app.mux_assets a where a.id = asset_id;
  if asset.upload_job_id is null then
    return;
  end if;
  if asset.ready_at is not null then
    perform app.advance_video(
      asset.video_id, 'ready', asset.ready_at,
      new_duration_seconds => asset.duration_seconds, new_aspect_ratio => asset.aspect_ratio);
    perform app.advance_upload_job(asset.upload_job_id, 'ready', asset.ready_at, new_processing_at => asset.created_at);
  elsif asset.errored_at is not null then
    perform app.advance_upload_job(
      asset.upload_job_id, 'errored', asset.errored_at,
      coalesce(asset.error_type, 'asset_errored'),
      coalesce(asset.error_message, 'The file could not be turned into a video.'),
      new_processing_at => asset.created_at);
  elsif asset.deleted_at is not null then
    -- Gone before it was known here to be ready: its upload has ended too. What is told later, ready or failed, outranks this in any order.
    perform app.advance_upload_job(
      asset.upload_job_id, 'cancelled', asset.deleted_at, 'asset_deleted', 'The video was deleted at Mux before it was ready.',
      new_processing_at => asset.created_at);
  else
    perform app.advance_upload_job(asset.upload_job_id, 'processing', asset.created_at);
  end if;
  if asset.deleted_at is not null then
    perform app.advance_video(asset.video_id, 'deleted', asset.deleted_at);
  end if;
end
$$;
