create trigger tg_upload_jobs__keep before update of
  id, video_id, coach_id, file_fingerprint, requested_at on app.upload_jobs
  for each row execute function app.tg_keep('id', 'video_id', 'coach_id', 'file_fingerprint', 'requested_at');
create trigger tg_upload_jobs__only_up before update of state on app.upload_jobs
  for each row execute function app.tg_upload_job_only_up();
create trigger tg_upload_jobs__touch before update on app.upload_jobs
  for each row execute function app.tg_touch();

-- Every change of app.upload_jobs is an entry of the audit log.
create trigger tg_upload_jobs__audit_insert after insert on app.upload_jobs
  referencing new table as new_rows
  for each statement execute function audit.tg_record('upload_job', 'coach_id', 'file_fingerprint', 'file_name');
create trigger tg_upload_jobs__audit_update after update on app.upload_jobs
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('upload_job', 'coach_id', 'file_fingerprint', 'file_name');
create trigger tg_upload_jobs__audit_delete after delete on app.upload_jobs
  referencing old table as old_rows
  for each statement execute function audit.tg_record('upload_job', 'coach_id', 'file_fingerprint', 'file_name');

-- Whoever has the list before them sees the change.
create trigger tg_upload_jobs__announce_insert after insert on app.upload_jobs
  referencing new table as new_rows for each statement execute function app.tg_announce();
create trigger tg_upload_jobs__announce_update after update on app.upload_jobs
  referencing new table as new_rows for each statement execute function app.tg_announce();
