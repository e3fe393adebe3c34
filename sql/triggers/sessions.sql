create trigger tg_sessions__keep before update of id, first_seen_at on authz.sessions
  for each row execute function app.tg_keep('id', 'first_seen_at');
create trigger tg_sessions__stays_denied before update of denied_at, denied_by, deny_reason on authz.sessions
  for each row execute function authz.tg_session_stays_denied();

-- Every change of authz.sessions is an entry of the audit log.
create trigger tg_sessions__audit_insert after insert on authz.sessions
  referencing new table as new_rows
  for each statement execute function audit.tg_record('session', 'profile_id', '', 'deny_reason');
create trigger tg_sessions__audit_update after update on authz.sessions
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('session', 'profile_id', '', 'deny_reason');
create trigger tg_sessions__audit_delete after delete on authz.sessions
  referencing old table as old_rows
  for each statement execute function audit.tg_record('session', 'profile_id', '', 'deny_reason');
