-- Nobody reads or writes the sightings of a reconciliation directly: its functions do.

revoke all on app.reconciliation_sightings from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
