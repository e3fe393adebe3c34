create view api.erasure_requests with (security_invoker = true) as
select r.id, r.profile_id, r.state, r.reason, r.requested_by, r.requested_at, r.due_at, r.decided_by, r.decided_at, r.decision_reason
from app.erasure_requests r;

comment on view api.erasure_requests is 'Requests to erase: about oneself, or all for compliance staff.';
grant select on api.erasure_requests to mm_coach, mm_compliance;

create view api.erasure_steps with (security_invoker = true) as
select s.id, s.request_id, s.table_name, s.column_name, s.action, s.planned_at
from app.erasure_steps s;

comment on view api.erasure_steps is 'The plans of approved erasures, about oneself, or all for compliance staff.';
grant select on api.erasure_steps to mm_coach, mm_compliance;

create view api.legal_holds with (security_invoker = true) as
select h.id, h.profile_id, h.reason, h.placed_by, h.placed_at, h.lifted_by, h.lifted_at, h.lift_reason
from app.legal_holds h;

comment on view api.legal_holds is 'Duties to keep a person''s data; for compliance staff.';
grant select on api.legal_holds to mm_compliance;
