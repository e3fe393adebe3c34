-- Everybody who is signed in reads every consent notice.
-- Without a token one is read through api.consent_notice() only.
-- Nobody writes one directly: api.add_consent_notice() and api.approve_consent_notice() do.

revoke all on app.consent_notices from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.consent_notices to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;

-- Everybody who is signed in reads every consent notice.
drop policy if exists consent_notices_select_all on app.consent_notices;
create policy consent_notices_select_all on app.consent_notices for select
  to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor
  using (true);
