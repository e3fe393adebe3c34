-- Nobody reads or writes a signing key directly: the functions of the rotation do.

revoke all on app.signing_keys from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
