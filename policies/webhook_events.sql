-- An operator and an admin read the inbox, without the bodies of the events.
-- Nobody writes it directly: app.receive_webhooks() and the fold do.

revoke all on app.webhook_events from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select (
  id, provider, event_id, type, object_id, signed_at, received_at, state, attempts, last_error, next_attempt_at, processed_at,
  replays
) on app.webhook_events to mm_operator, mm_admin;

-- An operator and an admin read the inbox.
drop policy if exists webhook_events_select_staff on app.webhook_events;
create policy webhook_events_select_staff on app.webhook_events for select
  to mm_operator, mm_admin
  using (true);
