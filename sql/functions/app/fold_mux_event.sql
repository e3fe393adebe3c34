-- Folds one event of Mux. Answers whether it was about something we follow; all other types are ignored.
create function app.fold_mux_event(type text, data jsonb, at timestamptz) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  job_id uuid;
begin
  case type
    when 'video.asset.created', 'video.asset.ready', 'video.asset.errored', 'video.asset.updated' then
      perform app.apply_asset(data, at);
      return true;
    when 'video.asset.deleted' then
      perform app.apply_asset(data, at, is_deleted => true);
      return true;
    when 'video.upload.created', 'video.upload.asset_created', 'video.upload.cancelled', 'video.upload.errored' then
      job_id := app.find_upload_job(data ->> 'id', data #>> '{new_asset_settings,passthrough}');
      if job_id is null then
        return false;
      end if;
      perform app.apply_upload(
        job_id, data ->> 'id',
        case type when 'video.upload.created' then 'waiting' else split_part(type, '.', 3) end,
        data ->> 'asset_id', data #>> '{error,type}', data #>> '{error,message}', at);
      return true;
    else
      return false;
  end case;
end
$$;
