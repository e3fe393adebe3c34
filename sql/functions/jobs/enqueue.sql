-- Puts a job into a queue, in the caller's transaction: it is there after its COMMIT, or not at all. The job has the options of its queue,
-- as pg-boss gives them; a bare INSERT would have none. Answers the job's id, or null when the queue's policy holds a job with this key
-- already. A caller needs no right to the tables of the queue, and gets none: it names a queue that exists and brings the data, nothing else.
create function jobs.enqueue(
  queue text, payload jsonb default '{}', singleton_key text default null, start_after timestamptz default null
) returns uuid
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  added uuid;
begin
  insert into pgboss.job (
    name, data, singleton_key, start_after, expire_seconds, deletion_seconds, keep_until, retry_limit, retry_delay, retry_backoff,
    retry_delay_max, policy, dead_letter, heartbeat_seconds)
  select q.name, enqueue.payload, enqueue.singleton_key, coalesce(enqueue.start_after, now()), q.expire_seconds, q.deletion_seconds,
         coalesce(enqueue.start_after, now()) + q.retention_seconds * interval '1 second', q.retry_limit, q.retry_delay,
         coalesce(q.retry_backoff, false), q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds
  from pgboss.queue q where q.name = enqueue.queue
  on conflict do nothing
  returning job.id into added;
  if not found and not exists (select from pgboss.queue q where q.name = enqueue.queue) then
    raise exception using errcode = '55000', message = format('There is no queue %s.', enqueue.queue);
  end if;
  return added;
end
$$;

grant execute on function jobs.enqueue(text, jsonb, text, timestamptz) to mm_service;
