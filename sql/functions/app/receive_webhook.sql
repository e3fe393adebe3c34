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
  id := uuidv7();
  -- A second delivery at the same moment waits here until the first has been stored.
  insert into app.webhook_receipts as r (provider, event_id, webhook_event_id)
  values (receive_webhook.provider, receive_webhook.event_id, receive_webhook.id)
  on conflict (provider, event_id) do nothing;
  is_duplicate := not found;

  if not is_duplicate then
    insert into app.webhook_events as e (id, provider, event_id, type, object_id, body, signed_at, state)
    values (
      receive_webhook.id, receive_webhook.provider, receive_webhook.event_id, receive_webhook.type, receive_webhook.object_id,
      receive_webhook.body, receive_webhook.signed_at, case when stale then 'quarantined' else 'received' end)
    returning e.state into receive_webhook.state;
    return;
  end if;

  select r.webhook_event_id into receive_webhook.id from app.webhook_receipts r
  where r.provider = receive_webhook.provider and r.event_id = receive_webhook.event_id;
  if not stale then
    update app.webhook_events e
    set body = receive_webhook.body, type = receive_webhook.type, object_id = receive_webhook.object_id,
        signed_at = receive_webhook.signed_at, state = 'received', next_attempt_at = now()
    where e.id = receive_webhook.id and e.state = 'quarantined';
    is_duplicate := not found;
  end if;
  select e.state into receive_webhook.state from app.webhook_events e where e.id = receive_webhook.id;
end
$$;

grant execute on function app.receive_webhook(text, text, text, text, bytea, timestamptz, boolean) to mm_service;
