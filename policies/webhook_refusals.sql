-- An operator and an admin read how many webhooks were refused.
-- Nobody writes the counters directly: app.count_refused_webhooks() does.

revoke all on app.webhook_refusals from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.webhook_refusals to mm_operator, mm_admin;

-- An operator and an admin read how many webhooks were refused.
drop policy if exists webhook_refusals_select_staff on app.webhook_refusals;
create policy webhook_refusals_select_staff on app.webhook_refusals for select
  to mm_operator, mm_admin
  using (true);
