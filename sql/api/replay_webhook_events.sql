-- Lets events be folded again, from the bytes that are stored: dead ones, quarantined ones that a person believes, and ignored ones whose
-- type is followed by now. They wait like fresh ones, with all their attempts ahead, and the worker takes them within seconds. Folding twice
-- has one effect, so a replay is harmless. Answers a receipt: when, how many, and how many of those named were not to be replayed.
create function api.replay_webhook_events(
  reason text, event_ids uuid[] default null, of_state text default null, of_provider text default null, of_type text default null,
  received_from timestamptz default null, received_before timestamptz default null, expected_count integer default null,
  out replayed integer, out skipped integer, out replayed_at timestamptz
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
  update app.webhook_events e
  set state = 'received', attempts = 0, replays = e.replays + 1, next_attempt_at = now(), processed_at = null
  where e.id = any (chosen);
  select r.* into replayed, skipped, replayed_at
  from app.record_choice(
    'webhook.replayed', 'replayed', reason, chosen, event_ids, of_state, of_provider, of_type, received_from, received_before) r;
end
$$;

comment on function api.replay_webhook_events(text, uuid[], text, text, text, timestamptz, timestamptz, integer) is
  'Folds webhook events again, those named or those of a filter (dead ones unless another state is named), with a reason; answers a receipt. For operators and admins.';
grant execute on function api.replay_webhook_events(text, uuid[], text, text, text, timestamptz, timestamptz, integer)
  to mm_operator, mm_admin;
