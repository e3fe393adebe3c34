-- What was reported is kept as it was reported; months go as a whole.
create trigger tg_playback_events__append_only before update or delete on app.playback_events
  for each row execute function audit.tg_refuse();
create trigger tg_playback_events__no_truncate before truncate on app.playback_events
  for each statement execute function audit.tg_refuse();
