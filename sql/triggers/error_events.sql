create trigger tg_error_events__keep before update of
  id, occurred_at, group_id, environment, severity, code on app.error_events
  for each row execute function app.tg_keep('id', 'occurred_at', 'group_id', 'environment', 'severity', 'code');
