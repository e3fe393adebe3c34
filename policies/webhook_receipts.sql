-- Nobody reads or writes the receipts directly: app.receive_webhooks() does, to store each event once.

revoke all on app.webhook_receipts from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
