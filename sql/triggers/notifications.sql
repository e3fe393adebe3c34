create trigger tg_notifications__keep before update of
  id, kind, profile_id, dedupe_key, is_in_app, created_at on app.notifications
  for each row execute function app.tg_keep('id', 'kind', 'profile_id', 'dedupe_key', 'is_in_app', 'created_at');
create trigger tg_notifications__stays_read before update of read_at on app.notifications
  for each row when (old.read_at is not null)
  execute function app.tg_keep('read_at');
