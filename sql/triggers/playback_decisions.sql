-- The playback audit is append-only like the audit log.
create trigger tg_playback_decisions__append_only before update or delete on app.playback_decisions
  for each row execute function audit.tg_refuse();
create trigger tg_playback_decisions__no_truncate before truncate on app.playback_decisions
  for each statement execute function audit.tg_refuse();
