create view api.webhook_events with (security_invoker = true) as
select
  e.id, e.provider, e.event_id, e.type, e.object_id, e.signed_at, e.received_at, e.state, e.attempts, e.last_error,
  e.next_attempt_at, e.processed_at, e.replays
from app.webhook_events e;

comment on view api.webhook_events is 'The webhook inbox, without the bodies; for operators and admins.';
grant select on api.webhook_events to mm_operator, mm_admin;
