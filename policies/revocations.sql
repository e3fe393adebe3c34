-- A coach reads the receipts of the bulk revocations that they made.
-- An admin reads the receipt of every bulk revocation.
-- Nobody writes one directly: api.revoke_share_tokens() does.

revoke all on app.revocations from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.revocations to mm_coach, mm_admin;

-- A coach reads the receipts of the bulk revocations that they made.
drop policy if exists revocations_select_coach on app.revocations;
create policy revocations_select_coach on app.revocations for select
  to mm_coach
  using (revoked_by = (select authz.profile_id()));

-- An admin reads the receipt of every bulk revocation.
drop policy if exists revocations_select_admin on app.revocations;
create policy revocations_select_admin on app.revocations for select
  to mm_admin
  using (true);
