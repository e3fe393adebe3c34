-- The queues of jobs: how many wait and may begin, since when the first of them could have, how many wait for their time, are under way, and
-- have failed for good and not been removed yet.
create function app.queue_depths() returns table (
  queue text, waiting integer, oldest_waiting_since timestamptz, scheduled integer, active integer, failed integer
)
language sql stable
set search_path = ''
as $$
  select q.name,
         count(*) filter (where j.state in ('created', 'retry') and j.start_after <= now())::integer,
         min(j.start_after) filter (where j.state in ('created', 'retry') and j.start_after <= now()),
         count(*) filter (where j.state in ('created', 'retry') and j.start_after > now())::integer,
         count(*) filter (where j.state = 'active')::integer,
         count(*) filter (where j.state = 'failed')::integer
  from pgboss.queue q
  left join pgboss.job j on j.name = q.name and j.state in ('created', 'retry', 'active', 'failed')
  where q.name not like '\_\_pgboss\_\_%'
  group by q.name
$$;
