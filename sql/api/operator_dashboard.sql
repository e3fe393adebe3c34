-- What an operator begins the day with, in one answer: how many webhook events of the last 24 hours were folded, what was laid aside, how old the
-- queues are, and what needs somebody. Half an event in a hundred may fail (MW§7.2): that is the budget of errors.
create function api.operator_dashboard() returns table (
  events_of_day integer, folded_of_day integer, dead_of_day integer, events_waiting integer, events_waiting_since timestamptz,
  events_dead integer, events_quarantined integer, hours jsonb, queue_waiting integer, queue_waiting_since timestamptz,
  queue_failed integer, jobs_overdue integer, runs_failed_of_day integer, uploads_open integer, uploads_open_since timestamptz,
  alerts_open integer, alerts jsonb
)
language sql stable
set search_path = ''
as $$
  with hours as materialized (
    select date_trunc('hour', e.received_at) as hour, count(*)::integer as events,
           count(*) filter (where e.state in ('processed', 'ignored'))::integer as folded,
           count(*) filter (where e.state in ('dead', 'discarded'))::integer as dead
    from app.webhook_events e where e.received_at > date_trunc('hour', now()) - interval '23 hours'
    group by 1
  ), waiting as (
    select count(*)::integer as events, min(e.received_at) as since from app.webhook_events e where e.state = 'received'
  ), aside as (
    select count(*) filter (where e.state = 'dead')::integer as dead,
           count(*) filter (where e.state = 'quarantined')::integer as quarantined
    from app.webhook_events e where e.state in ('dead', 'quarantined')
  ), queues as (
    select coalesce(sum(q.waiting), 0)::integer as waiting, min(q.oldest_waiting_since) as since, coalesce(sum(q.failed), 0)::integer as failed
    from api.job_queues() q
  ), uploads as (
    select count(*)::integer as open, min(j.requested_at) as since
    from app.upload_jobs j where j.state in ('requested', 'uploading', 'processing')
  ), open_alerts as (
    select a.id, a.key, a.title, a.severity, a.state, a.opened_at from app.alerts a where a.state <> 'resolved'
  )
  select
    (select coalesce(sum(h.events), 0)::integer from hours h),
    (select coalesce(sum(h.folded), 0)::integer from hours h),
    (select coalesce(sum(h.dead), 0)::integer from hours h),
    waiting.events, waiting.since, aside.dead, aside.quarantined,
    (select jsonb_agg(
        jsonb_build_object('hour', s.hour, 'events', coalesce(h.events, 0), 'dead', coalesce(h.dead, 0)) order by s.hour)
     from generate_series(date_trunc('hour', now()) - interval '23 hours', date_trunc('hour', now()), interval '1 hour') s (hour)
     left join hours h on h.hour = s.hour),
    queues.waiting, queues.since, queues.failed,
    (select count(*)::integer from api.scheduled_jobs() s where s.overdue_since is not null),
    (select count(*)::integer from app.job_runs r
     where r.started_at > now() - interval '24 hours' and r.outcome in ('failed', 'abandoned')),
    uploads.open, uploads.since,
    (select count(*)::integer from open_alerts),
    (select coalesce(jsonb_agg(to_jsonb(a)), '[]')
     from (select o.* from open_alerts o
           order by array_position(array['critical', 'warning', 'info'], o.severity), o.opened_at limit 5) a)
  from waiting, aside, queues, uploads
$$;

comment on function api.operator_dashboard() is
  'For operators: webhook events of 24 hours by the hour, what is laid aside, queues, scheduled jobs, open uploads and alerts.';
grant execute on function api.operator_dashboard() to mm_operator;
