-- Nobody reads or writes a code that was asked for directly: asking, mailing and trying are functions of the service.

revoke all on app.share_code_challenges from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
