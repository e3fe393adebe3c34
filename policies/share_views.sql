-- A coach reads how often their own share links have been viewed.
-- An admin reads how often every share link has been viewed.
-- Nobody sees which viewer session claimed a view. Nobody makes, changes or deletes a view directly.

revoke all on app.share_views from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select (share_token_id, view_no, coach_id, claimed_at, recipient_id) on app.share_views to mm_coach, mm_admin;

-- A coach reads how often their own share links have been viewed.
drop policy if exists share_views_select_coach on app.share_views;
create policy share_views_select_coach on app.share_views for select
  to mm_coach
  using (coach_id = (select authz.profile_id()));

-- An admin reads how often every share link has been viewed.
drop policy if exists share_views_select_admin on app.share_views;
create policy share_views_select_admin on app.share_views for select
  to mm_admin
  using (true);
