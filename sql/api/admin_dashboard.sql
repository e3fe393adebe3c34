-- What an admin begins the day with, in one answer: the links that live, what was revoked, by the days of their own clock, what is unusual, and
-- how soon a revocation ends playback. Counts that could grow stop at 10,000. The caller's own policies decide what is counted.
create function api.admin_dashboard(time_zone text default 'UTC') returns table (
  links_live integer, links_ending integer, revoked_of_day integer, revoked_days jsonb, alerts_open integer, alerts jsonb,
  addresses_blocked integer, over_limit_of_day bigint, people integer, suspended integer, bound_runs bigint, bound_late bigint,
  bound_max_ms integer, bound_measured_at timestamptz
)
language sql stable
set search_path = ''
as $$
  with today as materialized (select app.today_in(admin_dashboard.time_zone) as day),
  revoked as (
    select (t.revoked_at at time zone admin_dashboard.time_zone)::date as day, count(*)::integer as links
    from app.share_tokens t
    where t.revoked_at >= (select today.day - 13 from today)::timestamp at time zone admin_dashboard.time_zone
    group by 1
  ), open_alerts as (
    select a.id, a.key, a.title, a.severity, a.state, a.opened_at from app.alerts a where a.state <> 'resolved'
  ), bound as (
    select count(*) as runs, count(*) filter (where c.outcome = 'late') as late,
           max(greatest(c.mint_ms, c.manifest_ms, c.segment_ms)) as max_ms, max(c.ended_at) as measured_at
    from app.canary_runs c
    where c.kind = 'revoke' and c.outcome in ('in_time', 'late') and c.started_at > now() - interval '7 days'
  )
  select
    (select count(*)::integer from (
      select from app.share_tokens t where t.revoked_at is null and t.expires_at > now() limit 10000) l),
    (select count(*)::integer from (
      select from app.share_tokens t
      where t.revoked_at is null and t.expires_at > now() and t.expires_at < now() + interval '24 hours' limit 10000) l),
    (select count(*)::integer from (
      select from app.share_tokens t where t.revoked_at > now() - interval '24 hours' limit 10000) l),
    (select jsonb_agg(jsonb_build_object('day', d.day::date, 'links', coalesce(r.links, 0)) order by d.day)
     from today cross join generate_series((today.day - 13)::timestamp, today.day::timestamp, interval '1 day') d (day)
     left join revoked r on r.day = d.day::date),
    (select count(*)::integer from open_alerts),
    (select coalesce(jsonb_agg(to_jsonb(a)), '[]')
     from (select o.* from open_alerts o
           order by array_position(array['critical', 'warning', 'info'], o.severity), o.opened_at limit 5) a),
    (select count(*)::integer from app.address_blocks b where b.lifted_at is null and b.expires_at > now()),
    (select coalesce(sum(h.hits), 0)::bigint from app.rate_limit_hits h where h.hour > now() - interval '24 hours'),
    (select count(*)::integer from app.profiles),
    (select count(*)::integer from app.profiles p where p.suspended_at is not null),
    bound.runs, bound.late, bound.max_ms, bound.measured_at
  from bound
$$;

comment on function api.admin_dashboard(text) is
  'For admins: live links, revocations of 14 days, open alerts, blocked addresses, people, and the measured bound of revocation.';
grant execute on function api.admin_dashboard(text) to mm_admin;
