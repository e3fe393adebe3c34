-- A coach reads which tries of passphrases and codes their own share links have seen.
-- An admin and an auditor read every such try.
-- Nobody sees whose address or which network address it was. Nobody makes, changes or deletes a try directly.

revoke all on app.share_proof_attempts from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select (id, attempted_at, kind, rule, share_token_id, coach_id, public_id, request_id) on app.share_proof_attempts
  to mm_coach, mm_admin, mm_auditor;

-- A coach reads which tries of passphrases and codes their own share links have seen.
drop policy if exists share_proof_attempts_select_coach on app.share_proof_attempts;
create policy share_proof_attempts_select_coach on app.share_proof_attempts for select
  to mm_coach
  using (coach_id = (select authz.profile_id()));

-- An admin and an auditor read every such try.
drop policy if exists share_proof_attempts_select_staff on app.share_proof_attempts;
create policy share_proof_attempts_select_staff on app.share_proof_attempts for select
  to mm_admin, mm_auditor
  using (true);
