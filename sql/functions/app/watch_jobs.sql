-- How many dead events make an alert (JB-07).
create function app.dead_letter_threshold() returns integer
language sql immutable set search_path = '' as $$ select 10 $$;

-- Raises an alert while a condition holds, and resolves it when it has ended.
create function app.watch_condition(
  is_met boolean, key text, severity text, title text, details jsonb, runbook text
) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if is_met then
    perform app.raise_alert(key, severity, title, details, runbook);
  else
    perform app.clear_alert(key);
  end if;
end
$$;

-- Looks at what nobody may miss: scheduled jobs that are overdue (JB-06), jobs that nobody takes, and dead events (JB-07). Asked every minute
-- by the worker, and by the api as well, which notices when there is no worker. Answers how many conditions hold. Alerts are raised in the
-- order of their keys, so that two that look at once wait for one another.
create function app.watch_jobs() returns integer
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  condition record;
  met integer := 0;
begin
  for condition in
    select 'job.overdue.' || s.job as key, o.job is not null as is_met, 'critical' as severity,
           format('The job %s is overdue', s.job) as title, jsonb_build_object('overdue_since', o.overdue_since) as details,
           'docs/runbooks/scheduled-jobs.md' as runbook
    from app.job_schedule() s left join app.overdue_jobs() o on o.job = s.job
    union all
    select 'job.waiting.' || q.queue, coalesce(q.oldest_waiting_since < now() - interval '15 minutes', false), 'critical',
           format('Nobody takes the jobs of the queue %s', q.queue),
           jsonb_build_object('waiting', q.waiting, 'oldest_waiting_since', q.oldest_waiting_since), 'docs/runbooks/scheduled-jobs.md'
    from app.queue_depths() q
    union all
    select 'webhook.dead', d.dead >= app.dead_letter_threshold(),
           case when d.dead >= 10 * app.dead_letter_threshold() then 'critical' else 'warning' end, format('%s webhook events are dead', d.dead),
           jsonb_build_object('dead', d.dead), 'docs/runbooks/webhook-dlq.md'
    from (select count(*)::integer as dead from app.webhook_events e where e.state = 'dead') d
    order by 1
  loop
    perform app.watch_condition(
      condition.is_met, condition.key, condition.severity, condition.title, condition.details, condition.runbook);
    met := met + condition.is_met::integer;
  end loop;
  return met;
end
$$;

grant execute on function app.watch_jobs() to mm_service;
