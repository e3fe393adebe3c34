create view api.webhook_refusals with (security_invoker = true) as
select r.day, r.provider, r.reason, r.refused, r.first_at, r.last_at
from app.webhook_refusals r;

comment on view api.webhook_refusals is 'Deliveries refused for their signature, counted by day, provider and reason; for operators and admins.';
grant select on api.webhook_refusals to mm_operator, mm_admin;
