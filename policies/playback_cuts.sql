-- A coach reads the cuts of their own videos, whoever cut.
-- An admin reads every cut.
-- Nobody writes one directly: api.cut_playback() does, and the worker's functions.

revoke all on app.playback_cuts from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select (
  id, video_id, coach_id, requested_by, requested_at, reason, revocation_id, state, switched_at, deleted_at, confirmed_at, failed_at,
  refused_status, attempts, next_attempt_at, last_error
) on app.playback_cuts to mm_coach, mm_admin;

-- A coach reads the cuts of their own videos, whoever cut.
drop policy if exists playback_cuts_select_coach on app.playback_cuts;
create policy playback_cuts_select_coach on app.playback_cuts for select
  to mm_coach
  using (coach_id = (select authz.profile_id()));

-- An admin reads every cut.
drop policy if exists playback_cuts_select_admin on app.playback_cuts;
create policy playback_cuts_select_admin on app.playback_cuts for select
  to mm_admin
  using (true);
