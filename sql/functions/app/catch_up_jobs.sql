-- Puts a run of each overdue job into its queue, unless one waits there or is under way: what was missed while no worker was there is made
-- good when one is. Answers which.
create function app.catch_up_jobs() returns setof text
language sql volatile security definer
set search_path = ''
as $$
  -- What is missing is looked up before anything is put in: in one condition the planner would be free to do it the other way round.
  with missed as materialized (
    select o.job from app.overdue_jobs() o
    where not exists (select from pgboss.job j where j.name = o.job and j.state in ('created', 'retry', 'active'))
  ), runs as materialized (
    select m.job, jobs.enqueue(m.job) as id from missed m
  )
  select r.job from runs r where r.id is not null
$$;

grant execute on function app.catch_up_jobs() to mm_service;
