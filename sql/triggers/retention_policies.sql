create trigger tg_retention_policies__keep before update of id, default_days on app.retention_policies
  for each row execute function app.tg_keep('id', 'default_days');

-- Every change of app.retention_policies is an entry of the audit log.
create trigger tg_retention_policies__audit_insert after insert on app.retention_policies
  referencing new table as new_rows
  for each statement execute function audit.tg_record('retention_policy', '', '', 'reason');
create trigger tg_retention_policies__audit_update after update on app.retention_policies
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('retention_policy', '', '', 'reason');
create trigger tg_retention_policies__audit_delete after delete on app.retention_policies
  referencing old table as old_rows
  for each statement execute function audit.tg_record('retention_policy', '', '', 'reason');
