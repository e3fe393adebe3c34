create trigger tg_invitations__keep before update of id, email, role, invited_by, created_at on app.invitations
  for each row execute function app.tg_keep('id', 'email', 'role', 'invited_by', 'created_at');
create trigger tg_invitations__only_on before update of state on app.invitations
  for each row execute function app.tg_invitation_only_on();

-- Every change of app.invitations is an entry of the audit log.
create trigger tg_invitations__audit_insert after insert on app.invitations
  referencing new table as new_rows
  for each statement execute function audit.tg_record('invitation', '', '', 'email,note');
create trigger tg_invitations__audit_update after update on app.invitations
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('invitation', '', '', 'email,note');
create trigger tg_invitations__audit_delete after delete on app.invitations
  referencing old table as old_rows
  for each statement execute function audit.tg_record('invitation', '', '', 'email,note');
