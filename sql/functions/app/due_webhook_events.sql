-- Events that wait to be folded and may be folded now, oldest first; at most `max_events`.
create function app.due_webhook_events(max_events integer) returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select e.id from app.webhook_events e
  where e.state = 'received' and e.next_attempt_at <= now()
  order by e.next_attempt_at, e.id
  limit least(max_events, 1000)
$$;

grant execute on function app.due_webhook_events(integer) to mm_service;
