create trigger tg_signing_keys__keep before update of id, created_at on app.signing_keys
  for each row execute function app.tg_keep('id', 'created_at');
create trigger tg_signing_keys__only_on before update of state on app.signing_keys
  for each row execute function app.tg_signing_key_only_on();

-- Every change of app.signing_keys is an entry of the audit log (SH-17, AU-02).
create trigger tg_signing_keys__audit_insert after insert on app.signing_keys
  referencing new table as new_rows
  for each statement execute function audit.tg_record('signing_key', '', 'sealed_private_key', '');
create trigger tg_signing_keys__audit_update after update on app.signing_keys
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('signing_key', '', 'sealed_private_key', '');
create trigger tg_signing_keys__audit_delete after delete on app.signing_keys
  referencing old table as old_rows
  for each statement execute function audit.tg_record('signing_key', '', 'sealed_private_key', '');
