create trigger tg_mux_assets__only_up before update of status on app.mux_assets
  for each row execute function app.tg_asset_only_up();
create trigger tg_mux_assets__touch before update on app.mux_assets
  for each row execute function app.tg_touch();

-- Every change of app.mux_assets is an entry of the audit log.
create trigger tg_mux_assets__audit_insert after insert on app.mux_assets
  referencing new table as new_rows
  for each statement execute function audit.tg_record('mux_asset', '', '', '');
create trigger tg_mux_assets__audit_update after update on app.mux_assets
  referencing old table as old_rows new table as new_rows
  for each statement execute function audit.tg_record('mux_asset', '', '', '');
create trigger tg_mux_assets__audit_delete after delete on app.mux_assets
  referencing old table as old_rows
  for each statement execute function audit.tg_record('mux_asset', '', '', '');
