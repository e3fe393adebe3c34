-- A coach reads who was let in to watch their own videos, and who was not.
-- An admin, compliance staff and an auditor read every decision.
-- Nobody sees the hash of a viewer's address, nor which session it was. Nobody writes a decision directly, and nobody changes one.

revoke all on app.playback_decisions from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select (
  id, decided_at, kind, allowed, is_renewal, rule, share_token_id, video_id, coach_id, profile_id, public_id,
  request_id, user_agent_family, token_expires_at, recipient_id
) on app.playback_decisions to mm_coach, mm_admin, mm_compliance, mm_auditor;

-- A coach reads the decisions about their own videos.
drop policy if exists playback_decisions_select_coach on app.playback_decisions;
create policy playback_decisions_select_coach on app.playback_decisions for select
  to mm_coach
  using (coach_id = (select authz.profile_id()));

-- An admin, compliance staff and an auditor read every decision.
drop policy if exists playback_decisions_select_staff on app.playback_decisions;
create policy playback_decisions_select_staff on app.playback_decisions for select
  to mm_admin, mm_compliance, mm_auditor
  using (true);
