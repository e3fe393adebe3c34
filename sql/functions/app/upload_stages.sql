-- Which stages of uploads the given events of Mux have ended, and how long each took in seconds by the times that Mux and we wrote down
-- (UP-13): uploading until Mux had the whole file, processing until the video could be played, whole from the request to that moment. Of an
-- upload that failed there is none. Each event is folded once, so whoever folded it may count what is answered here.
create function app.upload_stages(webhook_event_ids uuid[]) returns table (stage text, seconds double precision)
language sql stable security definer
set search_path = ''
as $$
  with ended as (
    select e.type, coalesce(a.upload_job_id, j.id) as job_id
    from app.webhook_events e
    left join app.mux_assets a on e.type = 'video.asset.ready' and a.id = e.object_id
    left join app.upload_jobs j on e.type = 'video.upload.asset_created' and j.mux_upload_id = e.object_id
    where e.id = any (webhook_event_ids) and e.provider = 'mux' and e.state = 'processed'
      and e.type in ('video.asset.ready', 'video.upload.asset_created')
  )
  select s.stage, greatest(extract(epoch from s.took)::double precision, 0)
  from ended e
  join app.upload_jobs j on j.id = e.job_id
  cross join lateral (values
    ('video.upload.asset_created', 'uploading', j.processing_at - j.uploading_at),
    ('video.asset.ready', 'processing', j.finished_at - j.processing_at),
    ('video.asset.ready', 'whole', j.finished_at - j.requested_at)) s (type, stage, took)
  where s.type = e.type and s.took is not null and (s.stage = 'uploading' or j.state = 'ready')
$$;

grant execute on function app.upload_stages(uuid[]) to mm_service;
