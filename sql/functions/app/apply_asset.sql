-- Folds one sight of a Mux asset, in the vendor's shape, into what we know of it (UP-02, UP-06, UP-10). `at` is the time of the event,
-- or now for a look by the reconciler. An asset that belongs to no upload of ours is kept without a video.
create function app.apply_asset(asset jsonb, at timestamptz, is_deleted boolean default false) returns void
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  seen_id text := asset ->> 'id';
  seen_status text := case when is_deleted then 'deleted' else asset ->> 'status' end;
  job_id uuid;
  seen_playback_id text := (
    select p ->> 'id' from jsonb_array_elements(
      case jsonb_typeof(asset -> 'playback_ids') when 'array' then asset -> 'playback_ids' else '[]' end) p
    -- A public playback id is never stored (SH-01), and one that a cut has retired never comes back, however late an event names it.
    where p ->> 'policy' = 'signed' and not exists (select from app.retired_playback_ids(seen_id) r where r = p ->> 'id')
    order by p ->> 'id' limit 1);
  old app.mux_assets;
  new app.mux_assets;
begin
  if seen_id is null or app.asset_status_rank(seen_status) is null then
    raise exception using errcode = '22023', message = format('The asset has no id or an unknown status: %s.', seen_status);
  end if;

  -- The job is locked before the asset, in every function that folds: two workers on one upload wait instead of deadlocking.
  job_id := coalesce(
    (select a.upload_job_id from app.mux_assets a where a.id = seen_id),
    app.find_upload_job(asset ->> 'upload_id', asset ->> 'passthrough'));
  perform from app.upload_jobs j where j.id = job_id for no key update;

  insert into app.mux_assets (id, created_at) values (seen_id, at) on conflict (id) do nothing;
  select a.* into old from app.mux_assets a where a.id = seen_id for no key update;
  new := old;

  if app.asset_status_rank(seen_status) > app.asset_status_rank(old.status) then
    new.status := seen_status;
  end if;
  new.created_at := least(old.created_at, at);
  if seen_status = 'ready' then
    new.ready_at := least(old.ready_at, at);
  elsif seen_status = 'errored' then
    new.errored_at := least(old.errored_at, at);
    new.error_type := least(old.error_type, asset #>> '{errors,type}');
    new.error_message := least(old.error_message, asset #>> '{errors,messages,0}');
  elsif seen_status = 'deleted' then
    new.deleted_at := least(old.deleted_at, at);
  end if;
  new.duration_seconds := greatest(old.duration_seconds, (asset ->> 'duration')::numeric);
  new.aspect_ratio := greatest(old.aspect_ratio, left(asset ->> 'aspect_ratio', 20));

  -- The playback id can be replaced at Mux, so the newest sight of one wins, and of two at the same moment the greater.
  if seen_playback_id is not null
     and (coalesce(old.playback_id_observed_at, '-infinity'), coalesce(old.playback_id, '')) < (at, seen_playback_id) then
    new.playback_id := seen_playback_id;
    new.playback_id_observed_at := at;
  end if;

  if not is_deleted and jsonb_path_exists(asset, '$.playback_ids[*] ? (@.policy == "public")') then
    perform app.raise_alert(
      'mux.public_playback', 'critical', 'An asset at Mux can be played by anybody: it has a public playback id.',
      jsonb_build_object('assetId', seen_id), 'docs/runbooks/reconcile-mux.md');
  end if;

  if old.upload_job_id is null and job_id is not null then
    new.upload_job_id := job_id;
    new.video_id := (select j.video_id from app.upload_jobs j where j.id = job_id);
  end if;

  if new is distinct from old then
    update app.mux_assets a
    set video_id = new.video_id, upload_job_id = new.upload_job_id, status = new.status,
        playback_id = new.playback_id, playback_id_observed_at = new.playback_id_observed_at,
        duration_seconds = new.duration_seconds, aspect_ratio = new.aspect_ratio,
        error_type = new.error_type, error_message = new.error_message, created_at = new.created_at,
        ready_at = new.ready_at, errored_at = new.errored_at, deleted_at = new.deleted_at
    where a.id = seen_id;
  end if;
  perform app.settle_asset(seen_id);
end
$$;
