-- The asset that a video is played from: the newest one that is ready. No row while there is none. Without
-- `set search_path`, which would keep the planner from inlining it; every name is qualified.
create function app.playable_asset(video_id uuid) returns setof app.mux_assets
language sql stable
rows 1
as $$
  select a.* from app.mux_assets a
  where a.video_id = playable_asset.video_id and a.status = 'ready' and a.playback_id is not null
  order by a.ready_at desc, a.id desc
  limit 1
$$;
