-- Raising and counting write no entry of the audit log: the alert is the record. What people do with one is recorded by the functions.
create trigger tg_alerts__keep before update of
  id, key, opened_at on app.alerts
  for each row execute function app.tg_keep('id', 'key', 'opened_at');
create trigger tg_alerts__stays_resolved before update on app.alerts
  for each row when (old.state = 'resolved' and new.state = 'resolved')
  execute function app.tg_keep('resolved_at', 'resolved_by', 'acknowledged_at', 'acknowledged_by', 'severity', 'details', 'occurrences');
create trigger tg_alerts__transition before update of state on app.alerts
  for each row execute function app.tg_alert_transition();
