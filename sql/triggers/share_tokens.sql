create trigger tg_share_tokens__fields before insert or update of label on app.share_tokens
  for each row execute function app.tg_share_token_fields();
create trigger tg_share_tokens__keep before update of
  id, public_id, secret_hash, video_id, coach_id, created_by, created_at, starts_at, expires_at on app.share_tokens
  for each row execute function app.tg_keep(
    'id', 'public_id', 'secret_hash', 'video_id', 'coach_id', 'created_by', 'created_at', 'starts_at', 'expires_at');
create trigger tg_share_tokens__stays_revoked before update of revoked_at, revoked_by, revoke_reason on app.share_tokens
  for each row execute function app.tg_share_token_stays_revoked();
create trigger tg_share_tokens__touch before update on app.share_tokens
  for each row execute function app.tg_touch_version();

-- Every change of app.share_tokens is an entry of the audit log.
create trigger tg_share_tokens__audit_insert after insert on app.share_tokens
  referencing new table as new_rows
  for each statement execute function audit.tg_record('share_token', 'coach_id', 'secret_hash', 'label,revoke_reason');
create trigger tg_share_tokens__audit_update after update on app.share_tokens
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('share_token', 'coach_id', 'secret_hash', 'label,revoke_reason');
create trigger tg_share_tokens__audit_delete after delete on app.share_tokens
  referencing old table as old_rows
  for each statement execute function audit.tg_record('share_token', 'coach_id', 'secret_hash', 'label,revoke_reason');
