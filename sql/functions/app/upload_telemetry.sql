-- How the uploads stand (UP-13), one row for each state, also where it is 0: how many are in it now and for how long the oldest has been
-- there, both null for the end states; how many of those asked for in the last 24 hours are in it. Reads open uploads and a day's worth.
create function app.upload_telemetry() returns table (state text, waiting bigint, oldest_seconds double precision, of_day bigint)
language sql stable security definer
set search_path = ''
as $$
  with open as (
    select j.state, count(*) as waiting,
           extract(epoch from now() - min(
             case j.state when 'processing' then coalesce(j.processing_at, j.requested_at)
               when 'uploading' then coalesce(j.uploading_at, j.requested_at) else j.requested_at end))::double precision as oldest
    from app.upload_jobs j where j.state in ('requested', 'uploading', 'processing') group by j.state
  ), day as (
    select j.state, count(*) as jobs from app.upload_jobs j where j.requested_at > now() - interval '24 hours' group by j.state
  )
  select s.state,
         case when s.state in ('requested', 'uploading', 'processing') then coalesce(o.waiting, 0) end,
         case when s.state in ('requested', 'uploading', 'processing') then coalesce(greatest(o.oldest, 0), 0) end,
         coalesce(d.jobs, 0)
  from unnest(app.upload_states()) with ordinality s (state, rank)
  left join open o on o.state = s.state
  left join day d on d.state = s.state
  order by s.rank
$$;

grant execute on function app.upload_telemetry() to mm_service;
