-- What the reconciler saw when it asked Mux about an upload. Folded exactly like an event.
create function app.apply_upload_snapshot(
  upload_job_id uuid, mux_status text, asset_id text, error_code text, error_message text
) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform audit.explain(reason => 'reconciled with Mux');
  perform app.apply_upload(upload_job_id, null, mux_status, asset_id, error_code, error_message, now());
  perform audit.explain();
end
$$;

grant execute on function app.apply_upload_snapshot(uuid, text, text, text, text) to mm_service;
