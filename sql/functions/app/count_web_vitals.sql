-- Adds to the counters of Core Web Vitals (OB-14). `counts` is a list of {app, route, release, metric, at_most, reports}. The api sends sums,
-- at most one list in half a minute and process.
create function app.count_web_vitals(counts jsonb) returns integer
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  counted integer;
begin
  insert into app.web_vitals as t (day, app, route, release, metric, at_most, reports, last_at)
  select (now() at time zone 'UTC')::date, c.app, c.route, c.release, c.metric, c.at_most, sum(c.reports), now()
  from jsonb_to_recordset(count_web_vitals.counts)
    as c (app text, route text, release text, metric text, at_most numeric, reports bigint)
  group by c.app, c.route, c.release, c.metric, c.at_most
  -- In one order for all processes, so that two that report at once wait for one another.
  order by c.app, c.route, c.release, c.metric, c.at_most
  on conflict (day, app, route, release, metric, at_most) do update
    set reports = t.reports + excluded.reports, last_at = greatest(t.last_at, excluded.last_at);
  get diagnostics counted = row_count;
  return counted;
end
$$;

grant execute on function app.count_web_vitals(jsonb) to mm_service;
