-- How the inbox stands (JB-07), one row for each provider and each state in which an event waits, also where it is 0: how many, for how long
-- the oldest has been here, in seconds, for how long one could have been folded by now, and how many of them failed more than 3 times (JB-05).
-- One that is replayed is old at once, but not overdue. Reads what waits, never what is done.
create function app.webhook_telemetry() returns table (
  provider text, state text, events bigint, oldest_seconds double precision, overdue_seconds double precision, failing bigint
)
language sql stable security definer
set search_path = ''
as $$
  with waiting as (
    select e.provider, e.state, count(*) as events, min(e.received_at) as oldest, min(e.next_attempt_at) as due,
           count(*) filter (where e.attempts > 3) as failing
    from app.webhook_events e where e.state = 'received' group by e.provider, e.state
    union all
    select e.provider, e.state, count(*), min(e.received_at), null, count(*) filter (where e.attempts > 3)
    from app.webhook_events e where e.state in ('dead', 'quarantined') group by e.provider, e.state
  )
  select p.provider, s.state, coalesce(w.events, 0),
         coalesce(greatest(extract(epoch from now() - w.oldest)::double precision, 0), 0),
         coalesce(greatest(extract(epoch from now() - w.due)::double precision, 0), 0), coalesce(w.failing, 0)
  from unnest(array['mux', 'clerk', 'resend']) p (provider)
  cross join unnest(array['received', 'dead', 'quarantined']) s (state)
  left join waiting w on w.provider = p.provider and w.state = s.state
  order by p.provider, s.state
$$;

grant execute on function app.webhook_telemetry() to mm_service;
