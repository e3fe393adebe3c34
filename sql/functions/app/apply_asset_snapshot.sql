-- What the reconciler saw when it asked Mux about an asset. Folded exactly like an event.
create function app.apply_asset_snapshot(asset jsonb) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform audit.explain(reason => 'reconciled with Mux');
  perform app.apply_asset(asset, now());
  perform audit.explain();
end
$$;

grant execute on function app.apply_asset_snapshot(jsonb) to mm_service;
