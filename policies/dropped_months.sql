-- Compliance staff, an admin and an auditor read what retention has removed.
-- Nobody writes it directly: app.apply_retention() does.

revoke all on app.dropped_months from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.dropped_months to mm_admin, mm_compliance, mm_auditor;

-- Compliance staff, an admin and an auditor read what retention has removed.
drop policy if exists dropped_months_select_staff on app.dropped_months;
create policy dropped_months_select_staff on app.dropped_months for select
  to mm_admin, mm_compliance, mm_auditor
  using (true);
