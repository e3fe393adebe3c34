-- A coach reads the share links of their own videos, and changes their label.
-- An admin reads every share link, and changes its label.
-- Nobody else sees a share link, and nobody sees the hash of its secret or of its passphrase.
-- Nobody makes, moves, prolongs, revokes or deletes one directly: functions of the api do.

revoke all on app.share_tokens from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select (
  id, public_id, video_id, coach_id, label, created_by, created_at, starts_at, expires_at,
  revoked_at, revoked_by, revoke_reason, updated_at, version, note, max_views, sign_in_required, recipients_only, has_passphrase,
  embed_origins, restores_id
) on app.share_tokens to mm_coach, mm_admin;
grant update (label) on app.share_tokens to mm_coach, mm_admin;

-- A coach reads the share links of their own videos.
drop policy if exists share_tokens_select_coach on app.share_tokens;
create policy share_tokens_select_coach on app.share_tokens for select
  to mm_coach
  using (coach_id = (select authz.profile_id()));

-- An admin reads every share link.
drop policy if exists share_tokens_select_admin on app.share_tokens;
create policy share_tokens_select_admin on app.share_tokens for select
  to mm_admin
  using (true);

-- A coach changes the label of their own share links.
drop policy if exists share_tokens_update_coach on app.share_tokens;
create policy share_tokens_update_coach on app.share_tokens for update
  to mm_coach
  using (coach_id = (select authz.profile_id()))
  with check (coach_id = (select authz.profile_id()));

-- An admin changes the label of every share link.
drop policy if exists share_tokens_update_admin on app.share_tokens;
create policy share_tokens_update_admin on app.share_tokens for update
  to mm_admin
  using (true)
  with check (true);
