-- A coach reads what viewers of their own videos reported.
-- An admin reads what viewers of every video reported.
-- Nobody sees the clock of a viewer. Nobody writes an event directly, and nobody changes one: app.record_playback_events() adds them.

revoke all on app.playback_events from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select (
  session_id, sequence, session_started_at, received_at, share_token_id, video_id, coach_id, kind, position_ms, watched_ms,
  rebuffer_ms, error_code
) on app.playback_events to mm_coach, mm_admin;

-- A coach reads what viewers of their own videos reported.
drop policy if exists playback_events_select_coach on app.playback_events;
create policy playback_events_select_coach on app.playback_events for select
  to mm_coach
  using (coach_id = (select authz.profile_id()));

-- An admin reads what viewers of every video reported.
drop policy if exists playback_events_select_admin on app.playback_events;
create policy playback_events_select_admin on app.playback_events for select
  to mm_admin
  using (true);
