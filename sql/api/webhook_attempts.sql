create view api.webhook_attempts with (security_invoker = true) as
select a.webhook_event_id, a.no, a.replay_no, a.failed_at, a.error
from app.webhook_attempts a;

comment on view api.webhook_attempts is 'The failed attempts to fold each webhook event, with their errors; for operators and admins.';
grant select on api.webhook_attempts to mm_operator, mm_admin;
