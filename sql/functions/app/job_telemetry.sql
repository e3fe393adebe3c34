-- How the scheduled jobs stand (JB-06), one row for each: whether it is overdue, and when its last success began, null before the first.
create function app.job_telemetry() returns table (job text, is_overdue boolean, succeeded_at timestamptz)
language sql stable security definer
set search_path = ''
as $$
  select s.job, exists (select from app.overdue_jobs() o where o.job = s.job),
         (select r.started_at from app.job_runs r where r.job = s.job and r.outcome = 'succeeded' order by r.started_at desc limit 1)
  from app.job_schedule() s
  order by s.job
$$;

grant execute on function app.job_telemetry() to mm_service;
