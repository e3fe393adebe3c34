-- Plays by day: of one link, of one video, or of all that the caller sees. Days are those of the caller's clock, and each is there, also one
-- without a play. A session counts on the day on which it was let in.
create function api.plays_over_time(
  share_token_id uuid default null, video_id uuid default null, days integer default 28, time_zone text default 'UTC'
) returns table (day date, play_count integer, measured_count integer, watch_seconds numeric)
language plpgsql stable security definer
set search_path = ''
-- Whether a link, a video or neither was named decides which index is used.
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  sees_all boolean := authz.caller_role() = 'mm_admin';
  first_day date;
  last_day date;
begin
  if share_token_id is not null or video_id is not null then
    perform app.owner_of_plays(share_token_id, video_id);
  end if;
  if days is null or days not between 1 and 366 then
    perform app.refuse_fields(array[app.field_error('days', 'range', 'Ask for 1 to 366 days.')]);
  end if;
  last_day := app.today_in(time_zone);
  first_day := last_day - (days - 1);

  return query
  with played as (
    select (s.started_at at time zone time_zone)::date as day, count(*)::integer as plays,
      count(*) filter (where s.is_measured)::integer as measured, sum(s.watched_length_ms) as watched
    from app.playback_sessions s
    where s.is_played and s.started_at >= first_day::timestamp at time zone time_zone
      and (s.share_token_id = plays_over_time.share_token_id or plays_over_time.share_token_id is null)
      and (s.video_id = plays_over_time.video_id or plays_over_time.video_id is null)
      and (sees_all or s.coach_id = me)
    group by 1
  )
  select d.day::date, coalesce(p.plays, 0), coalesce(p.measured, 0), round(coalesce(p.watched, 0) / 1000.0, 3)
  from generate_series(first_day::timestamp, last_day::timestamp, interval '1 day') d (day)
  left join played p on p.day = d.day::date
  order by 1;
end
$$;

comment on function api.plays_over_time(uuid, uuid, integer, text) is
  'Plays by day, up to today: of a link, of a video, or of everything that the caller sees; by the days of a time zone.';
grant execute on function api.plays_over_time(uuid, uuid, integer, text) to mm_coach, mm_admin;
