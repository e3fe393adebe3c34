-- An admin reads every invitation.
-- Nobody writes one directly: the functions of the api do, api.sign_in(), and the worker's.

revoke all on app.invitations from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select (
  id, email, role, note, invited_by, created_at, state, sendings, expires_at, sent_at, accepted_at, accepted_by, revoked_at, revoked_by,
  pending_step, last_error
) on app.invitations to mm_admin;

-- An admin reads every invitation.
drop policy if exists invitations_select_admin on app.invitations;
create policy invitations_select_admin on app.invitations for select
  to mm_admin
  using (true);
