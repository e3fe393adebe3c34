create trigger tg_feature_flags__keep before update of
  id, applies_to on app.feature_flags
  for each row execute function app.tg_keep('id', 'applies_to');
create trigger tg_feature_flags__touch before update on app.feature_flags
  for each row execute function app.tg_touch_version();

-- Every change of app.feature_flags is an entry of the audit log (AU-02).
create trigger tg_feature_flags__audit_insert after insert on app.feature_flags
  referencing new table as new_rows
  for each statement execute function audit.tg_record('feature_flag', '', '', 'reason');
create trigger tg_feature_flags__audit_update after update on app.feature_flags
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('feature_flag', '', '', 'reason');
create trigger tg_feature_flags__audit_delete after delete on app.feature_flags
  referencing old table as old_rows
  for each statement execute function audit.tg_record('feature_flag', '', '', 'reason');
