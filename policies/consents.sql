-- Everybody who is signed in reads their own decisions about consent.
-- Compliance staff read every decision about consent.
-- Nobody writes one directly: api.record_consent(), api.withdraw_consent() and what the api does for a browser do.

revoke all on app.consents from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select (id, profile_id, notice_id, action, categories, decided_at, superseded_at) on app.consents
  to mm_coach, mm_admin, mm_operator, mm_auditor;
grant select on app.consents to mm_compliance;

-- Everybody who is signed in reads their own decisions about consent.
drop policy if exists consents_select_own on app.consents;
create policy consents_select_own on app.consents for select
  to mm_coach, mm_admin, mm_operator, mm_auditor
  using (profile_id = (select authz.profile_id()));

-- Compliance staff read every decision about consent.
drop policy if exists consents_select_compliance on app.consents;
create policy consents_select_compliance on app.consents for select
  to mm_compliance
  using (true);
