create view api.upload_progress with (security_invoker = true) as
select
  j.id, j.video_id, j.state, j.file_size_bytes, j.content_type, j.error_code, j.expires_at, j.requested_at, j.uploading_at,
  j.processing_at, j.finished_at, j.reconciled_at
from app.upload_jobs j;

comment on view api.upload_progress is 'How far every upload has come, by its ids: not whose it is, nor what its file is called. For operators.';
grant select on api.upload_progress to mm_operator;

-- The story of one upload, oldest first: its own steps, what is known of the asset it became, and every event of Mux about either, with
-- what became of the event. What has not happened is not in it.
create function api.upload_timeline(upload_job_id uuid) returns table (
  at timestamptz, source text, step text, object_id text, webhook_event_id uuid, event_state text, attempts integer, error text
)
language plpgsql stable security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  job app.upload_jobs;
begin
  select j.* into job from app.upload_jobs j where j.id = upload_timeline.upload_job_id;
  if not found then
    perform app.fail(404, 'upload.not_found', 'There is no such upload.');
  end if;
  return query
    with assets as (
      select a.* from app.mux_assets a where a.upload_job_id = job.id
    ), told as (
      select s.at, 'upload' as source, s.step, null as object_id, null::uuid as webhook_event_id, null as event_state,
             null::integer as attempts, case when s.step = job.state then job.error_code end as error
      from (values
        (job.requested_at, 'requested'), (job.uploading_at, 'uploading'), (job.processing_at, 'processing'),
        (job.reconciled_at, 'reconciled'), (job.finished_at, job.state)
      ) s (at, step)
      union all
      select s.at, 'asset', s.step, a.id, null, null, null, case s.step when 'errored' then a.error_type end
      from assets a
      cross join lateral (values
        (a.created_at, 'created'), (a.ready_at, 'ready'), (a.errored_at, 'errored'), (a.deleted_at, 'deleted')
      ) s (at, step)
      union all
      select e.received_at, 'event', e.type, e.object_id, e.id, e.state, e.attempts, e.last_error
      from app.webhook_events e
      where e.provider = 'mux' and e.object_id in (select job.mux_upload_id union all select a.id from assets a)
    )
    select t.at, t.source, t.step, t.object_id, t.webhook_event_id, t.event_state, t.attempts, t.error
    from told t
    where t.at is not null
    order by t.at, array_position(array['upload', 'event', 'asset'], t.source), t.webhook_event_id;
end
$$;

comment on function api.upload_timeline(uuid) is
  'The story of one upload: its steps, its asset, and the events of Mux about them. For operators.';
grant execute on function api.upload_timeline(uuid) to mm_operator;
