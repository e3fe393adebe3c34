-- What a coach begins the day with, in one answer: how their videos stand, which links end within two days, and what was watched, by the days of
-- their own clock. The caller's own policies decide what is counted.
create function api.coach_dashboard(time_zone text default 'UTC') returns table (
  videos_ready integer, videos_busy integer, videos_failed integer, links_live integer, links_ending integer, ending jsonb, days jsonb
)
language sql stable
set search_path = ''
as $$
  with me as materialized (select authz.profile_id() as id),
  mine as (
    select count(*) filter (where v.status = 'ready')::integer as ready,
           count(*) filter (where v.status in ('uploading', 'processing'))::integer as busy,
           count(*) filter (where v.status = 'errored')::integer as failed
    from app.videos v where v.coach_id = (select me.id from me)
  ), live as materialized (
    select t.id, t.public_id, t.label, t.video_id, t.expires_at
    from app.share_tokens t
    where t.coach_id = (select me.id from me) and t.revoked_at is null and t.expires_at > now()
      and coalesce(t.starts_at, t.created_at) <= now()
  ), ending as materialized (select l.* from live l where l.expires_at < now() + interval '48 hours')
  select
    mine.ready, mine.busy, mine.failed,
    (select count(*)::integer from live),
    (select count(*)::integer from ending),
    (select coalesce(jsonb_agg(
        jsonb_build_object(
          'id', e.id, 'public_id', e.public_id, 'label', e.label, 'expires_at', e.expires_at,
          'video_title', (select v.title from app.videos v where v.id = e.video_id))
        order by e.expires_at, e.id), '[]')
     from (select e.* from ending e order by e.expires_at, e.id limit 5) e),
    (select jsonb_agg(
        jsonb_build_object(
          'day', p.day, 'play_count', p.play_count, 'measured_count', p.measured_count, 'watch_seconds', p.watch_seconds)
        order by p.day)
     from api.plays_over_time(days => 14, time_zone => coach_dashboard.time_zone) p)
  from mine
$$;

comment on function api.coach_dashboard(text) is
  'A coach''s own: how their videos stand, live links and those that end within 48 hours (five of them), plays of the last 14 days.';
grant execute on function api.coach_dashboard(text) to mm_coach;
