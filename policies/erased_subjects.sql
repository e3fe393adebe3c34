-- Nobody reads or writes the people whose erasure has begun directly: the steps of an erasure do, and authz.check_request() asks.

revoke all on app.erased_subjects from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
