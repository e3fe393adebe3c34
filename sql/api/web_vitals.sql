-- How fast the pages were for three quarters of those who opened them in the last days, by route and release (OB-14): the end of the span that
-- three quarters of the reports lie in or before. The caller's own policies decide what is read. Releases that are used come first.
create function api.web_vitals(days integer default 7)
returns table (
  app text, route text, release text, last_at timestamptz,
  lcp_ms integer, lcp_reports bigint, inp_ms integer, inp_reports bigint, cls numeric, cls_reports bigint
)
language sql stable
set search_path = ''
as $$
  with counted as (
    select v.app, v.route, v.release, v.metric, v.at_most, sum(v.reports) as reports, max(v.last_at) as last_at
    from app.web_vitals v
    where v.day > (now() at time zone 'UTC')::date - least(greatest(days, 1), 365)
    group by v.app, v.route, v.release, v.metric, v.at_most
  ), ranked as (
    select c.*, sum(c.reports) over (partition by c.app, c.route, c.release, c.metric order by c.at_most) as up_to_here,
           sum(c.reports) over (partition by c.app, c.route, c.release, c.metric) as total
    from counted c
  ), quarters as (
    select r.app, r.route, r.release, r.metric, max(r.last_at) as last_at, max(r.total)::bigint as reports,
           min(r.at_most) filter (where r.up_to_here >= 0.75 * r.total) as p75
    from ranked r
    group by r.app, r.route, r.release, r.metric
  )
  select q.app, q.route, q.release, max(q.last_at),
         max(q.p75) filter (where q.metric = 'LCP')::integer, coalesce(max(q.reports) filter (where q.metric = 'LCP'), 0),
         max(q.p75) filter (where q.metric = 'INP')::integer, coalesce(max(q.reports) filter (where q.metric = 'INP'), 0),
         max(q.p75) filter (where q.metric = 'CLS'), coalesce(max(q.reports) filter (where q.metric = 'CLS'), 0)
  from quarters q
  group by q.app, q.route, q.release
  order by max(max(q.last_at)) over (partition by q.app, q.release) desc, q.app, q.release, q.route
  limit 200
$$;

comment on function api.web_vitals(integer) is
  'Core Web Vitals of the last days by page and release: what three quarters of the reports do not exceed; for operators and admins.';
grant execute on function api.web_vitals(integer) to mm_operator, mm_admin;
