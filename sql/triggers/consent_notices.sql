create trigger tg_consent_notices__keep before update of
  id, jurisdiction, version, title, body, created_at, created_by on app.consent_notices
  for each row execute function app.tg_keep('id', 'jurisdiction', 'version', 'title', 'body', 'created_at', 'created_by');
create trigger tg_consent_notices__stays_approved before update of approved_at, approved_by on app.consent_notices
  for each row when (old.approved_at is not null)
  execute function app.tg_keep('approved_at', 'approved_by');

-- Every change of app.consent_notices is an entry of the audit log.
create trigger tg_consent_notices__audit_insert after insert on app.consent_notices
  referencing new table as new_rows
  for each statement execute function audit.tg_record('consent_notice', '', '', '');
create trigger tg_consent_notices__audit_update after update on app.consent_notices
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('consent_notice', '', '', '');
create trigger tg_consent_notices__audit_delete after delete on app.consent_notices
  referencing old table as old_rows
  for each statement execute function audit.tg_record('consent_notice', '', '', '');
