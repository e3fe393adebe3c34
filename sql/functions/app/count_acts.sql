-- How often something was done in the last 30 days, by the audit log; 10,000 at the most. The caller's own policies decide what is counted.
create function app.count_acts(action text) returns integer
language sql stable
set search_path = ''
as $$
  select count(*)::integer from (
    select from audit.entries e
    where e.action = count_acts.action and e.occurred_at > now() - interval '30 days' limit 10000) acts
$$;

grant execute on function app.count_acts(text) to mm_auditor, mm_compliance;
