-- Stores a validly signed event once (UP-06). A second delivery is a duplicate and changes nothing. A stale one (signed longer ago than
-- tolerated) is kept aside as quarantined and is never folded; when the same event comes again with a fresh signature, that one is
-- believed and takes its place.
create function app.receive_webhook(
  provider text, event_id text, type text, object_id text, body bytea, signed_at timestamptz, stale boolean,
  out id uuid, out state text, out is_duplicate boolean
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  insert into app.webhook_events as e (provider, event_id, type, object_id, body, signed_at, state)
  values (
    receive_webhook.provider, receive_webhook.event_id, receive_webhook.type, receive_webhook.object_id,
    receive_webhook.body, receive_webhook.signed_at, case when stale then 'quarantined' else 'received' end)
  on conflict (provider, event_id) do update
    set body = excluded.body, type = excluded.type, object_id = excluded.object_id, signed_at = excluded.signed_at,
        state = 'received', next_attempt_at = now()
    where e.state = 'quarantined' and excluded.state = 'received'
  returning e.id, e.state into receive_webhook.id, receive_webhook.state;
  is_duplicate := receive_webhook.id is null;

  if is_duplicate then
    select e.id, e.state into receive_webhook.id, receive_webhook.state
    from app.webhook_events e
    where e.provider = receive_webhook.provider and e.event_id = receive_webhook.event_id;
  end if;
end
$$;

grant execute on function app.receive_webhook(text, text, text, text, bytea, timestamptz, boolean) to mm_service;
