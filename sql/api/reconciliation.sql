create view api.reconciliation_runs with (security_invoker = true) as
select r.id, r.kind, r.is_dry_run, r.orphan_rule, r.outcome, r.stage, r.window_from, r.attempts, r.list_calls, r.uploads_seen,
       r.assets_seen, r.found, r.last_error, r.started_at, r.ended_at
from app.reconciliation_runs r;

comment on view api.reconciliation_runs is 'Comparisons with Mux, the open one and past ones; for operators and admins.';
grant select on api.reconciliation_runs to mm_operator, mm_admin;

create view api.reconciliation_findings with (security_invoker = true) as
select f.id, f.run_id, f.kind, f.subject, f.action, f.found_at
from app.reconciliation_findings f;

comment on view api.reconciliation_findings is 'What each comparison with Mux found, and what was done about it; for operators and admins.';
grant select on api.reconciliation_findings to mm_operator, mm_admin;
