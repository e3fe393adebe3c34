-- How many alerts are open, one row for each severity and each open state, also where it is 0.
create function app.alert_telemetry() returns table (severity text, state text, alerts bigint)
language sql stable security definer
set search_path = ''
as $$
  select v.severity, s.state, count(a.id)
  from unnest(array['info', 'warning', 'critical']) v (severity)
  cross join unnest(array['firing', 'acknowledged']) s (state)
  left join app.alerts a on a.severity = v.severity and a.state = s.state and a.state <> 'resolved'
  group by v.severity, s.state
$$;

grant execute on function app.alert_telemetry() to mm_service;
