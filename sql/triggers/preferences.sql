create trigger tg_preferences__keep before update of id, profile_id on app.preferences
  for each row execute function app.tg_keep('id', 'profile_id');
create trigger tg_preferences__touch before update on app.preferences
  for each row execute function app.tg_touch();
