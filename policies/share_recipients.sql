-- A coach reads for whom their own share links are.
-- An admin reads for whom every share link is.
-- Nobody else sees a recipient.
-- Nobody makes, changes or deletes one directly: api.create_share_token() and api.update_share_token() do.

revoke all on app.share_recipients from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select (id, share_token_id, coach_id, kind, value, created_at) on app.share_recipients to mm_coach, mm_admin;

-- A coach reads for whom their own share links are.
drop policy if exists share_recipients_select_coach on app.share_recipients;
create policy share_recipients_select_coach on app.share_recipients for select
  to mm_coach
  using (coach_id = (select authz.profile_id()));

-- An admin reads for whom every share link is.
drop policy if exists share_recipients_select_admin on app.share_recipients;
create policy share_recipients_select_admin on app.share_recipients for select
  to mm_admin
  using (true);
