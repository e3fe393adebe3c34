-- Everybody who is signed in reads the views that they saved, and nobody else's.
-- Nobody writes one directly: api.save_view() and api.delete_view() do.

revoke all on app.saved_views from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.saved_views to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;

-- Everybody who is signed in reads the views that they saved, and nobody else's.
drop policy if exists saved_views_select_own on app.saved_views;
create policy saved_views_select_own on app.saved_views for select
  to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor
  using (profile_id = (select authz.profile_id()));
