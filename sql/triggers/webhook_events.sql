create trigger tg_webhook_events__transition before update of state on app.webhook_events
  for each row execute function app.tg_webhook_event_transition();
-- What was received is kept as it was received. Only a fresh delivery of a quarantined event takes its place, bytes and all.
create trigger tg_webhook_events__keep before update of id, provider, event_id, received_at on app.webhook_events
  for each row execute function app.tg_keep('id', 'provider', 'event_id', 'received_at');
create trigger tg_webhook_events__keep_body before update of body, type, object_id, signed_at on app.webhook_events
  for each row when (old.state <> 'quarantined')
  execute function app.tg_keep('body', 'type', 'object_id', 'signed_at');

-- Whoever has the list before them sees what somebody has to look at, come and go. What is received and folded as it should be is not
-- announced: that is the road on which events come by the thousand.
create trigger tg_webhook_events__announce_insert after insert on app.webhook_events
  for each row when (new.state in ('dead', 'quarantined')) execute function app.tg_announce_row('webhook_events');
create trigger tg_webhook_events__announce_update after update on app.webhook_events
  referencing old table as old_rows new table as new_rows
  for each statement execute function app.tg_announce('dead', 'quarantined');
