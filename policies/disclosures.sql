-- Nobody reads the personal values behind the audit log directly: api.disclose_audit_entry() shows them, one entry at a time.
-- Nobody writes or deletes one directly: the triggers of the audited tables and audit.erase_disclosures() do.

revoke all on audit.disclosures from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
