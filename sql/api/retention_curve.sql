-- How far people watch: the length of the video cut into so many pieces, and of each piece the part that a measured play has watched, on
-- average. A play that saw half of a piece counts half. So the mean of the curve is the average completion.
--
-- The parts of all sessions are swept once from the beginning to the end of the video: where a part begins one more watches, where it ends
-- one fewer.
create function api.retention_curve(share_token_id uuid default null, video_id uuid default null, pieces integer default 100)
returns table (piece integer, from_seconds numeric, to_seconds numeric, watched numeric)
language plpgsql stable security definer
set search_path = ''
-- Whether a link or a video was named decides which index is used.
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
  length_ms bigint;
begin
  perform app.owner_of_plays(share_token_id, video_id);
  if pieces is null or pieces not between 1 and 200 then
    perform app.refuse_fields(array[app.field_error('pieces', 'range', 'Ask for 1 to 200 pieces.')]);
  end if;
  select ceil(v.duration_seconds * 1000) into length_ms from app.videos v
  where v.id = coalesce(retention_curve.video_id, (
    select t.video_id from app.share_tokens t where t.id = retention_curve.share_token_id));
  if coalesce(length_ms, 0) < pieces then
    return;
  end if;

  return query
  with plays as materialized (
    select s.watched_ms from app.playback_sessions s
    where s.is_played and s.is_measured
      and (s.share_token_id = retention_curve.share_token_id or retention_curve.share_token_id is null)
      and (s.video_id = retention_curve.video_id or retention_curve.video_id is null)
  ), measured as (
    select count(*) as plays from plays
  ), edges as (
    select e.n, length_ms * e.n / pieces as at from generate_series(0, pieces) e (n)
  ), moments as (
    select lower(r)::bigint as at, 1 as step, 0 as edge from plays p, unnest(p.watched_ms) r
    union all
    select upper(r)::bigint, -1, 0 from plays p, unnest(p.watched_ms) r
    union all
    select e.at, 0, 1 from edges e
  ), stretches as (
    select m.at, lead(m.at) over forward as until, sum(sum(m.step)) over forward as watching, sum(sum(m.edge)) over forward - 1 as piece
    from moments m group by m.at
    window forward as (order by m.at)
  )
  select s.piece::integer, round(f.at / 1000.0, 3), round(t.at / 1000.0, 3),
    round(sum(s.watching * (s.until - s.at)) / (m.plays * (t.at - f.at)), 4)
  from measured m
  join stretches s on m.plays > 0
  join edges f on f.n = s.piece
  join edges t on t.n = s.piece + 1
  group by s.piece, f.at, t.at, m.plays
  order by s.piece;
end
$$;

comment on function api.retention_curve(uuid, uuid, integer) is
  'How far people watch a video, over all its links or by one: of each piece of its length the part that a play watched, 0 to 1, on average of the measured plays. No row before there is one.';
grant execute on function api.retention_curve(uuid, uuid, integer) to mm_coach, mm_admin;
