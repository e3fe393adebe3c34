-- Shows the payload of one event, masked. A privileged read, which is recorded; the bytes themselves are shown to nobody.
create function api.webhook_event_payload(
  event_id uuid, out id uuid, out provider text, out type text, out payload jsonb, out size_bytes integer
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_variable
declare
  me uuid := authz.require_profile();
  event app.webhook_events;
begin
  select e.* into event from app.webhook_events e where e.id = webhook_event_payload.event_id;
  if not found then
    perform app.fail(404, 'webhook.not_found', 'There is no such webhook event.');
  end if;
  id := event.id;
  provider := event.provider;
  type := event.type;
  size_bytes := octet_length(event.body);
  begin
    payload := app.mask_webhook_payload(convert_from(event.body, 'utf8')::jsonb);
  exception when data_exception then
    -- What cannot be read is what the event died of, perhaps. Its size is all there is to show.
    payload := null;
  end;
  perform audit.record('webhook_event.payload_read', 'webhook_event', event.id::text, null);
end
$$;

comment on function api.webhook_event_payload(uuid) is
  'The payload of a webhook event with everything masked but ids, types, states, times and measures; null when it cannot be read. For operators and admins; recorded.';
comment on function app.mask_webhook_payload(jsonb, text, integer) is 'The one place that says what of a webhook payload is shown.';
grant execute on function api.webhook_event_payload(uuid) to mm_operator, mm_admin;
