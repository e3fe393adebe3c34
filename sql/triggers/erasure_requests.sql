create trigger tg_erasure_requests__keep before update of
  id, profile_id, requested_by, requested_at, due_at on app.erasure_requests
  for each row execute function app.tg_keep('id', 'profile_id', 'requested_by', 'requested_at', 'due_at');
create trigger tg_erasure_requests__transition before update of state on app.erasure_requests
  for each row execute function app.tg_erasure_transition();

-- Every change of app.erasure_requests is an entry of the audit log.
create trigger tg_erasure_requests__audit_insert after insert on app.erasure_requests
  referencing new table as new_rows
  for each statement execute function audit.tg_record('erasure_request', 'profile_id', '', 'reason,decision_reason');
create trigger tg_erasure_requests__audit_update after update on app.erasure_requests
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('erasure_request', 'profile_id', '', 'reason,decision_reason');
create trigger tg_erasure_requests__audit_delete after delete on app.erasure_requests
  referencing old table as old_rows
  for each statement execute function audit.tg_record('erasure_request', 'profile_id', '', 'reason,decision_reason');
