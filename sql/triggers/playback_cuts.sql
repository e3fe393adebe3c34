create trigger tg_playback_cuts__keep before update of
  id, video_id, coach_id, asset_id, requested_by, requested_at, old_playback_id on app.playback_cuts
  for each row execute function app.tg_keep(
    'id', 'video_id', 'coach_id', 'asset_id', 'requested_by', 'requested_at', 'old_playback_id');
create trigger tg_playback_cuts__only_on before update of state on app.playback_cuts
  for each row execute function app.tg_playback_cut_only_on();

-- Every change of app.playback_cuts is an entry of the audit log.
create trigger tg_playback_cuts__audit_insert after insert on app.playback_cuts
  referencing new table as new_rows
  for each statement execute function audit.tg_record('playback_cut', 'coach_id', '', 'reason');
create trigger tg_playback_cuts__audit_update after update on app.playback_cuts
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('playback_cut', 'coach_id', '', 'reason');
create trigger tg_playback_cuts__audit_delete after delete on app.playback_cuts
  referencing old table as old_rows
  for each statement execute function audit.tg_record('playback_cut', 'coach_id', '', 'reason');

-- Whoever has the list before them sees the change.
create trigger tg_playback_cuts__announce_insert after insert on app.playback_cuts
  referencing new table as new_rows for each statement execute function app.tg_announce();
create trigger tg_playback_cuts__announce_update after update on app.playback_cuts
  referencing new table as new_rows for each statement execute function app.tg_announce();
