-- Nobody reads or writes a webhook secret directly: the functions of the rotation do.

revoke all on app.webhook_secrets from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
