-- A coach reads their own videos, and changes their title and description.
-- An admin reads every video, and changes its title and description.
-- Nobody else sees a video. Nobody inserts or deletes one directly, and nobody changes owner or status.

revoke all on app.videos from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.videos to mm_coach, mm_admin;
-- api.playback_decisions names the video. For these two roles no policy shows a row, so the name stays empty.
grant select (id, title) on app.videos to mm_compliance, mm_auditor;
grant update (title, description) on app.videos to mm_coach, mm_admin;

-- A coach reads their own videos.
drop policy if exists videos_select_coach on app.videos;
create policy videos_select_coach on app.videos for select
  to mm_coach
  using (coach_id = (select authz.profile_id()));

-- An admin reads every video.
drop policy if exists videos_select_admin on app.videos;
create policy videos_select_admin on app.videos for select
  to mm_admin
  using (true);

-- A coach changes the title and description of their own videos.
drop policy if exists videos_update_coach on app.videos;
create policy videos_update_coach on app.videos for update
  to mm_coach
  using (coach_id = (select authz.profile_id()))
  with check (coach_id = (select authz.profile_id()));

-- An admin changes the title and description of every video.
drop policy if exists videos_update_admin on app.videos;
create policy videos_update_admin on app.videos for update
  to mm_admin
  using (true)
  with check (true);
