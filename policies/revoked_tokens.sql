-- A coach reads which of their own links were taken back in bulk, whoever did it.
-- An admin reads which links were taken back in bulk.
-- Nobody writes one directly: api.revoke_share_tokens() does.

revoke all on app.revoked_tokens from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.revoked_tokens to mm_coach, mm_admin;

-- A coach reads which of their own links were taken back in bulk, whoever did it.
drop policy if exists revoked_tokens_select_coach on app.revoked_tokens;
create policy revoked_tokens_select_coach on app.revoked_tokens for select
  to mm_coach
  using (coach_id = (select authz.profile_id()));

-- An admin reads which links were taken back in bulk.
drop policy if exists revoked_tokens_select_admin on app.revoked_tokens;
create policy revoked_tokens_select_admin on app.revoked_tokens for select
  to mm_admin
  using (true);
