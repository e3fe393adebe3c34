create trigger tg_abuse_rules__keep before update of id on app.abuse_rules
  for each row execute function app.tg_keep('id');
create trigger tg_abuse_rules__touch before update on app.abuse_rules
  for each row execute function app.tg_touch_version();

-- Every change of app.abuse_rules is an entry of the audit log (AU-02).
create trigger tg_abuse_rules__audit_insert after insert on app.abuse_rules
  referencing new table as new_rows
  for each statement execute function audit.tg_record('abuse_rule', '', '', 'reason');
create trigger tg_abuse_rules__audit_update after update on app.abuse_rules
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('abuse_rule', '', '', 'reason');
create trigger tg_abuse_rules__audit_delete after delete on app.abuse_rules
  referencing old table as old_rows
  for each statement execute function audit.tg_record('abuse_rule', '', '', 'reason');
