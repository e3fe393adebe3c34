-- How many uploads a coach may still start: 20 in any 24 hours. Attempts that never reached Mux do not count. next_at is null while one is
-- left; otherwise the moment at which the next becomes possible.
create function app.remaining_uploads(coach_id uuid)
returns table (uploads_per_day integer, uploads_left integer, next_at timestamptz)
language sql stable
set search_path = ''
as $$
  with counted as (
    select j.requested_at
    from app.upload_jobs j
    where j.coach_id = remaining_uploads.coach_id and j.requested_at > now() - interval '24 hours'
      and not (j.state = 'errored' and j.mux_upload_id is null)
    order by j.requested_at desc
    limit app.uploads_per_day()
  )
  select app.uploads_per_day(), app.uploads_per_day() - count(*)::integer,
         case when count(*) >= app.uploads_per_day() then min(c.requested_at) + interval '24 hours' end
  from counted c
$$;
