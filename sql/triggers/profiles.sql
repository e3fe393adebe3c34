create trigger tg_profiles__keep before update of id, subject, created_at on app.profiles
  for each row execute function app.tg_keep('id', 'subject', 'created_at');
create trigger tg_profiles__touch before update on app.profiles
  for each row execute function app.tg_touch();

-- Every change of app.profiles is an entry of the audit log.
create trigger tg_profiles__audit_insert after insert on app.profiles
  referencing new table as new_rows
  for each statement execute function audit.tg_record('profile', 'id', '', 'subject,email,display_name');
create trigger tg_profiles__audit_update after update on app.profiles
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('profile', 'id', '', 'subject,email,display_name');
create trigger tg_profiles__audit_delete after delete on app.profiles
  referencing old table as old_rows
  for each statement execute function audit.tg_record('profile', 'id', '', 'subject,email,display_name');
