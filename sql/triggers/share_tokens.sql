create trigger tg_share_tokens__fields before insert or update of label, note on app.share_tokens
  for each row execute function app.tg_share_token_fields();
create trigger tg_share_tokens__guarded before update of expires_at, secret_hash, recipients_only on app.share_tokens
  for each row execute function app.tg_share_token_guarded();
create trigger tg_share_tokens__keep before update of
  id, public_id, video_id, coach_id, created_by, created_at, starts_at, sign_in_required, has_passphrase, passphrase_hash
  on app.share_tokens
  for each row execute function app.tg_keep(
    'id', 'public_id', 'video_id', 'coach_id', 'created_by', 'created_at', 'starts_at', 'sign_in_required',
    'has_passphrase', 'passphrase_hash');
create trigger tg_share_tokens__stays_revoked before update of revoked_at, revoked_by, revoke_reason on app.share_tokens
  for each row execute function app.tg_share_token_stays_revoked();
create trigger tg_share_tokens__touch before update on app.share_tokens
  for each row execute function app.tg_touch_version();

create trigger tg_share_tokens__keep_restores before update of restores_id on app.share_tokens
  for each row when (new.restores_id is not null) execute function app.tg_keep('restores_id');

-- Every change of app.share_tokens is an entry of the audit log.
create trigger tg_share_tokens__audit_insert after insert on app.share_tokens
  referencing new table as new_rows
  for each statement execute function audit.tg_record('share_token', 'coach_id', 'secret_hash,passphrase_hash', 'label,note,revoke_reason');
create trigger tg_share_tokens__audit_update after update on app.share_tokens
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('share_token', 'coach_id', 'secret_hash,passphrase_hash', 'label,note,revoke_reason');
create trigger tg_share_tokens__audit_delete after delete on app.share_tokens
  referencing old table as old_rows
  for each statement execute function audit.tg_record('share_token', 'coach_id', 'secret_hash,passphrase_hash', 'label,note,revoke_reason');

-- Whoever has the list before them sees the change.
create trigger tg_share_tokens__announce_insert after insert on app.share_tokens
  referencing new table as new_rows for each statement execute function app.tg_announce();
create trigger tg_share_tokens__announce_update after update on app.share_tokens
  referencing new table as new_rows for each statement execute function app.tg_announce();
