-- An admin, compliance staff, an operator and an auditor read every checkpoint of the audit log.
-- Nobody writes a checkpoint directly: audit.add_checkpoint() does.

revoke all on audit.checkpoints from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on audit.checkpoints to mm_admin, mm_compliance, mm_operator, mm_auditor;

-- An admin, compliance staff, an operator and an auditor read every checkpoint of the audit log.
drop policy if exists checkpoints_select_staff on audit.checkpoints;
create policy checkpoints_select_staff on audit.checkpoints for select
  to mm_admin, mm_compliance, mm_operator, mm_auditor
  using (true);
