create view api.job_runs with (security_invoker = true) as
select r.id, r.job, r.started_at, r.ended_at, r.outcome, r.counts, r.error,
       round(extract(epoch from r.ended_at - r.started_at) * 1000)::integer as duration_ms
from app.job_runs r;

comment on view api.job_runs is 'Every run of a scheduled job, with its duration and outcome; for operators and admins.';
comment on column api.job_runs.duration_ms is 'How long it took, in milliseconds; null while it runs.';
grant select on api.job_runs to mm_operator, mm_admin;

-- The scheduled jobs with their last run and last success, and since when one is overdue.
create function api.scheduled_jobs() returns table (
  job text, cron text, last_started_at timestamptz, last_outcome text, last_succeeded_at timestamptz, overdue_since timestamptz
)
language plpgsql stable security definer
set search_path = ''
as $$
declare
  me uuid := authz.require_profile();
begin
  return query
    select s.job, s.cron, last.started_at, last.outcome, success.started_at, o.overdue_since
    from app.job_schedule() s
    left join app.overdue_jobs() o on o.job = s.job
    left join lateral (
      select r.started_at, r.outcome from app.job_runs r where r.job = s.job order by r.started_at desc, r.id desc limit 1) last on true
    left join lateral (
      select r.started_at from app.job_runs r where r.job = s.job and r.outcome = 'succeeded' order by r.started_at desc limit 1) success
      on true
    order by s.job;
end
$$;

comment on function api.scheduled_jobs() is
  'The scheduled jobs: when each runs (cron, UTC), its last run and success, and since when it is overdue. For operators and admins.';

-- The queues of jobs, with what waits, runs and has failed in each.
create function api.job_queues() returns table (
  queue text, waiting integer, oldest_waiting_since timestamptz, scheduled integer, active integer, failed integer
)
language plpgsql stable security definer
set search_path = ''
as $$
declare
  me uuid := authz.require_profile();
begin
  return query select q.* from app.queue_depths() q order by q.queue;
end
$$;

comment on function api.job_queues() is
  'The queues of jobs: how many wait and since when, wait for their time, are under way, have failed. For operators and admins.';
grant execute on function api.scheduled_jobs(), api.job_queues() to mm_operator, mm_admin;
