create trigger tg_erasure_steps__keep before update of
  id, request_id, profile_id, system, phase, action, target, table_name, column_name, is_manual, planned_at on app.erasure_steps
  for each row execute function app.tg_keep(
    'id', 'request_id', 'profile_id', 'system', 'phase', 'action', 'target', 'table_name', 'column_name', 'is_manual', 'planned_at');
create trigger tg_erasure_steps__transition before update of state on app.erasure_steps
  for each row execute function app.tg_erasure_step_transition();
