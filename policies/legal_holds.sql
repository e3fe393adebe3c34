-- Compliance staff read every legal hold.
-- Nobody writes one directly: api.place_hold() and api.lift_hold() do.

revoke all on app.legal_holds from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.legal_holds to mm_compliance;

-- Compliance staff read every legal hold.
drop policy if exists legal_holds_select_compliance on app.legal_holds;
create policy legal_holds_select_compliance on app.legal_holds for select
  to mm_compliance
  using (true);
