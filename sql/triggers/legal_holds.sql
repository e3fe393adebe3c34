create trigger tg_legal_holds__keep before update of id, profile_id, placed_by, placed_at on app.legal_holds
  for each row execute function app.tg_keep('id', 'profile_id', 'placed_by', 'placed_at');
create trigger tg_legal_holds__stays_lifted before update of lifted_at, lifted_by on app.legal_holds
  for each row when (old.lifted_at is not null)
  execute function app.tg_keep('lifted_at', 'lifted_by');

-- Every change of app.legal_holds is an entry of the audit log; nobody's own, so that a coach does not read of a hold there.
create trigger tg_legal_holds__audit_insert after insert on app.legal_holds
  referencing new table as new_rows
  for each statement execute function audit.tg_record('legal_hold', '', '', 'reason,lift_reason');
create trigger tg_legal_holds__audit_update after update on app.legal_holds
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('legal_hold', '', '', 'reason,lift_reason');
create trigger tg_legal_holds__audit_delete after delete on app.legal_holds
  referencing old table as old_rows
  for each statement execute function audit.tg_record('legal_hold', '', '', 'reason,lift_reason');
