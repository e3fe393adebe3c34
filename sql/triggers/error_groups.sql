create trigger tg_error_groups__keep before update of
  id, fingerprint, environment, code, first_seen_at on app.error_groups
  for each row execute function app.tg_keep('id', 'fingerprint', 'environment', 'code', 'first_seen_at');
