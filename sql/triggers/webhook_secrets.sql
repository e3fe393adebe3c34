create trigger tg_webhook_secrets__keep before update of id, provider, created_at on app.webhook_secrets
  for each row execute function app.tg_keep('id', 'provider', 'created_at');
create trigger tg_webhook_secrets__only_on before update of state on app.webhook_secrets
  for each row execute function app.tg_webhook_secret_only_on();

-- Every change of app.webhook_secrets is an entry of the audit log (UP-11, AU-02), but for `last_seen_at`, which is bookkeeping.
create trigger tg_webhook_secrets__audit_insert after insert on app.webhook_secrets
  referencing new table as new_rows
  for each statement execute function audit.tg_record('webhook_secret', '', 'sealed_secret', '');
create trigger tg_webhook_secrets__audit_update after update on app.webhook_secrets
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('webhook_secret', '', 'sealed_secret', '');
create trigger tg_webhook_secrets__audit_delete after delete on app.webhook_secrets
  referencing old table as old_rows
  for each statement execute function audit.tg_record('webhook_secret', '', 'sealed_secret', '');
