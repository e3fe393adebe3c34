create trigger tg_saved_views__keep before update of id, profile_id, list, created_at on app.saved_views
  for each row execute function app.tg_keep('id', 'profile_id', 'list', 'created_at');
create trigger tg_saved_views__touch before update on app.saved_views
  for each row execute function app.tg_touch();
