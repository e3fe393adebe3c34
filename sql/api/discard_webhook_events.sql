-- Discards events that nobody wants folded: dead, quarantined or ignored ones, with a reason. That is final, also when the provider delivers
-- the event again; its bytes stay until their month goes. Answers a receipt.
create function api.discard_webhook_events(
  reason text, event_ids uuid[] default null, of_state text default null, of_provider text default null, of_type text default null,
  received_from timestamptz default null, received_before timestamptz default null, expected_count integer default null,
  out discarded integer, out skipped integer, out discarded_at timestamptz
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_variable
declare
  me uuid := authz.require_profile();
  chosen uuid[];
begin
  perform app.refuse_fields(app.reason_errors(reason));
  chosen := app.lock_webhook_events(event_ids, of_state, of_provider, of_type, received_from, received_before, expected_count);
  update app.webhook_events e set state = 'discarded', processed_at = now() where e.id = any (chosen);
  select r.* into discarded, skipped, discarded_at
  from app.record_choice(
    'webhook.discarded', 'discarded', reason, chosen, event_ids, of_state, of_provider, of_type, received_from, received_before) r;
end
$$;

comment on function api.discard_webhook_events(text, uuid[], text, text, text, timestamptz, timestamptz, integer) is
  'Discards dead, quarantined or ignored webhook events for good, those named or those of a filter, with a reason; answers a receipt. For operators and admins.';
grant execute on function api.discard_webhook_events(text, uuid[], text, text, text, timestamptz, timestamptz, integer)
  to mm_operator, mm_admin;
