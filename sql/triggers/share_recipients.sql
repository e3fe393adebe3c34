-- A recipient is added or taken off, never turned into another one.
create trigger tg_share_recipients__keep before update of id, share_token_id, coach_id, kind, value, created_at on app.share_recipients
  for each row execute function app.tg_keep('id', 'share_token_id', 'coach_id', 'kind', 'value', 'created_at');

-- Every change of app.share_recipients is an entry of the audit log: who may watch is authority.
create trigger tg_share_recipients__audit_insert after insert on app.share_recipients
  referencing new table as new_rows
  for each statement execute function audit.tg_record('share_recipient', 'coach_id', '', 'value');
create trigger tg_share_recipients__audit_update after update on app.share_recipients
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('share_recipient', 'coach_id', '', 'value');
create trigger tg_share_recipients__audit_delete after delete on app.share_recipients
  referencing old table as old_rows
  for each statement execute function audit.tg_record('share_recipient', 'coach_id', '', 'value');
