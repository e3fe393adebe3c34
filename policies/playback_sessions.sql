-- A coach reads what was watched of their own videos.
-- An admin reads what was watched of every video.
-- Nobody makes, changes or deletes a session directly: app.record_playback_events() keeps them.

revoke all on app.playback_sessions from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.playback_sessions to mm_coach, mm_admin;

-- A coach reads what was watched of their own videos.
drop policy if exists playback_sessions_select_coach on app.playback_sessions;
create policy playback_sessions_select_coach on app.playback_sessions for select
  to mm_coach
  using (coach_id = (select authz.profile_id()));

-- An admin reads what was watched of every video.
drop policy if exists playback_sessions_select_admin on app.playback_sessions;
create policy playback_sessions_select_admin on app.playback_sessions for select
  to mm_admin
  using (true);
