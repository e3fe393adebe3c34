create trigger tg_notification_preferences__keep before update of
  id, profile_id, kind, channel on app.notification_preferences
  for each row execute function app.tg_keep('id', 'profile_id', 'kind', 'channel');
create trigger tg_notification_preferences__touch before update on app.notification_preferences
  for each row execute function app.tg_touch();
