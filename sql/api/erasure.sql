create view api.erasure_requests with (security_invoker = true) as
select
  r.id, r.profile_id, r.state, r.reason, r.requested_by, r.requested_at, r.due_at, r.decided_by, r.decided_at, r.decision_reason,
  r.completed_at,
  r.state in ('requested', 'approved', 'running') and r.due_at < now() as is_overdue,
  (select count(*)::integer from app.erasure_steps s where s.request_id = r.id) as step_count,
  (select count(*)::integer from app.erasure_steps s where s.request_id = r.id and s.state not in ('done', 'kept')) as open_step_count,
  (select count(*)::integer from app.erasure_steps s where s.request_id = r.id and s.state = 'failed') as failed_step_count
from app.erasure_requests r;

comment on view api.erasure_requests is 'Requests to erase: about oneself, or all for compliance staff.';
comment on column api.erasure_requests.is_overdue is 'Whether it should have been completed by now.';
comment on column api.erasure_requests.open_step_count is 'Steps that have not ended, manual ones included.';
comment on column api.erasure_requests.failed_step_count is 'Steps that failed and are begun again.';
grant select on api.erasure_requests to mm_coach, mm_compliance;

create view api.erasure_steps with (security_invoker = true) as
select
  s.id, s.request_id, s.phase, s.system, s.action, s.target, s.table_name, s.column_name, s.is_manual, s.state, s.attempts,
  s.next_attempt_at, s.last_error, s.evidence, s.planned_at, s.started_at, s.finished_at, s.completed_by
from app.erasure_steps s;

comment on view api.erasure_steps is 'The plans of approved erasures and how far they are: about oneself, or all for compliance staff.';
grant select on api.erasure_steps to mm_coach, mm_compliance;

create view api.erasure_receipts with (security_invoker = true) as
select e.id, e.request_id, e.profile_id, e.completed_at, e.body, encode(e.sha256, 'hex') as sha256
from app.erasure_receipts e;

comment on view api.erasure_receipts is 'Receipts of completed erasures: about oneself, or all for compliance staff and auditors.';
comment on column api.erasure_receipts.body is 'One JSON object, as text: what was hashed.';
comment on column api.erasure_receipts.sha256 is 'SHA-256 of the body in UTF-8, in hexadecimal.';
grant select on api.erasure_receipts to mm_coach, mm_compliance, mm_auditor;

create view api.legal_holds with (security_invoker = true) as
select h.id, h.profile_id, h.reason, h.placed_by, h.placed_at, h.lifted_by, h.lifted_at, h.lift_reason
from app.legal_holds h;

comment on view api.legal_holds is 'Duties to keep a person''s data; for compliance staff.';
grant select on api.legal_holds to mm_compliance;
