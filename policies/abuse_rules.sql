-- An operator and an admin read what is watched for abuse.
-- Nobody writes a rule directly: api.change_abuse_rule() does.

revoke all on app.abuse_rules from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.abuse_rules to mm_operator, mm_admin;

-- An operator and an admin read what is watched for abuse.
drop policy if exists abuse_rules_select_staff on app.abuse_rules;
create policy abuse_rules_select_staff on app.abuse_rules for select
  to mm_operator, mm_admin
  using (true);
