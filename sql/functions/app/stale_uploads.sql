-- Claims up to `max_jobs` jobs that should have moved on by now, so that the reconciler asks Mux about them: never attached two minutes
-- after the request; still uploading when Mux no longer takes bytes; or processing without news for five minutes. A claim lasts 30
-- seconds, so that two workers do not ask about the same job.
create function app.stale_uploads(max_jobs integer) returns table (id uuid, mux_upload_id text, state text)
language sql volatile security definer
set search_path = ''
as $$
  update app.upload_jobs j
  set reconciled_at = now()
  where j.id in (
    select s.id from app.upload_jobs s
    where s.state in ('requested', 'uploading', 'processing')
      and case s.state
            when 'requested' then s.requested_at < now() - interval '2 minutes'
            when 'uploading' then s.expires_at < now()
            else s.processing_at < now() - interval '5 minutes'
          end
      and not exists (select from app.videos v where v.id = s.video_id and v.status = 'deleted')
      and (s.reconciled_at is null or s.reconciled_at < now() - interval '30 seconds')
    order by s.expires_at
    limit least(max_jobs, 1000)
    for no key update skip locked
  )
  returning j.id, j.mux_upload_id, j.state
$$;

grant execute on function app.stale_uploads(integer) to mm_service;
