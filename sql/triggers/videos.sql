create trigger tg_videos__fields before insert or update of title, description on app.videos
  for each row execute function app.tg_video_fields();
create trigger tg_videos__keep before update of id, coach_id, created_at on app.videos
  for each row execute function app.tg_keep('id', 'coach_id', 'created_at');
create trigger tg_videos__only_up before update of status on app.videos
  for each row execute function app.tg_video_only_up();
create trigger tg_videos__touch before update on app.videos
  for each row execute function app.tg_touch_version();

-- Every change of app.videos is an entry of the audit log.
create trigger tg_videos__audit_insert after insert on app.videos
  referencing new table as new_rows
  for each statement execute function audit.tg_record('video', 'coach_id', '', 'title,description');
create trigger tg_videos__audit_update after update on app.videos
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('video', 'coach_id', '', 'title,description');
create trigger tg_videos__audit_delete after delete on app.videos
  referencing old table as old_rows
  for each statement execute function audit.tg_record('video', 'coach_id', '', 'title,description');

-- Whoever has the list before them sees the change.
create trigger tg_videos__announce_insert after insert on app.videos
  referencing new table as new_rows for each statement execute function app.tg_announce();
create trigger tg_videos__announce_update after update on app.videos
  referencing new table as new_rows for each statement execute function app.tg_announce();
