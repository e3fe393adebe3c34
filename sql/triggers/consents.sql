-- A decision is not rewritten: the next one takes its place.
create trigger tg_consents__keep before update of
  id, profile_id, browser_id, notice_id, action, categories, decided_at on app.consents
  for each row execute function app.tg_keep('id', 'profile_id', 'browser_id', 'notice_id', 'action', 'categories', 'decided_at');
create trigger tg_consents__stays_superseded before update of superseded_at on app.consents
  for each row when (old.superseded_at is not null)
  execute function app.tg_keep('superseded_at');

-- Every change of app.consents is an entry of the audit log (AU-02).
create trigger tg_consents__audit_insert after insert on app.consents
  referencing new table as new_rows
  for each statement execute function audit.tg_record('consent', 'profile_id', '', 'browser_id,action,categories');
create trigger tg_consents__audit_update after update on app.consents
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('consent', 'profile_id', '', 'browser_id,action,categories');
create trigger tg_consents__audit_delete after delete on app.consents
  referencing old table as old_rows
  for each statement execute function audit.tg_record('consent', 'profile_id', '', 'browser_id,action,categories');
