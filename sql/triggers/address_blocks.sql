create trigger tg_address_blocks__keep before update of
  id, address_hash, blocked_by, blocked_at, expires_at on app.address_blocks
  for each row execute function app.tg_keep('id', 'address_hash', 'blocked_by', 'blocked_at', 'expires_at');
create trigger tg_address_blocks__stays_lifted before update of lifted_at, lifted_by on app.address_blocks
  for each row when (old.lifted_at is not null)
  execute function app.tg_keep('lifted_at', 'lifted_by');

-- Every change of app.address_blocks is an entry of the audit log (RL-09).
create trigger tg_address_blocks__audit_insert after insert on app.address_blocks
  referencing new table as new_rows
  for each statement execute function audit.tg_record('address_block', '', '', 'reason,lift_reason');
create trigger tg_address_blocks__audit_update after update on app.address_blocks
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('address_block', '', '', 'reason,lift_reason');
create trigger tg_address_blocks__audit_delete after delete on app.address_blocks
  referencing old table as old_rows
  for each statement execute function audit.tg_record('address_block', '', '', 'reason,lift_reason');
