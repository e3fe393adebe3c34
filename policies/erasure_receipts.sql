-- A coach reads the receipt of the erasure of their own account.
-- Compliance staff read every receipt of an erasure.
-- An auditor reads every receipt of an erasure.
-- Nobody writes one directly: app.complete_erasures() does, and nobody changes or deletes one.

revoke all on app.erasure_receipts from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.erasure_receipts to mm_coach, mm_compliance, mm_auditor;

-- A coach reads the receipt of the erasure of their own account.
drop policy if exists erasure_receipts_select_coach on app.erasure_receipts;
create policy erasure_receipts_select_coach on app.erasure_receipts for select
  to mm_coach
  using (profile_id = (select authz.profile_id()));

-- Compliance staff read every receipt of an erasure.
drop policy if exists erasure_receipts_select_compliance on app.erasure_receipts;
create policy erasure_receipts_select_compliance on app.erasure_receipts for select
  to mm_compliance
  using (true);

-- An auditor reads every receipt of an erasure.
drop policy if exists erasure_receipts_select_auditor on app.erasure_receipts;
create policy erasure_receipts_select_auditor on app.erasure_receipts for select
  to mm_auditor
  using (true);
