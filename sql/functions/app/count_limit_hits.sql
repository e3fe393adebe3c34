-- Adds to the counters of requests that were over a rate limit (RL-09). `hits` is a list of {rule, mode, address, hits}; address is the
-- keyed hash in hex, or null for many together. The api sends sums, at most one list in half a minute and process, so that whoever floods
-- cannot make the database work.
create function app.count_limit_hits(hits jsonb) returns integer
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  counted integer;
begin
  insert into app.rate_limit_hits as t (hour, rule, mode, address_hash, hits, first_at, last_at)
  select date_trunc('hour', now(), 'UTC'), h.rule, h.mode, decode(coalesce(h.address, ''), 'hex'), sum(h.hits), now(), now()
  from jsonb_to_recordset(count_limit_hits.hits) as h (rule text, mode text, address text, hits bigint)
  group by h.rule, h.mode, coalesce(h.address, '')
  -- In one order for all processes, so that two that report at once wait for one another.
  order by h.rule, h.mode, coalesce(h.address, '')
  on conflict (hour, rule, mode, address_hash) do update
    set hits = t.hits + excluded.hits, last_at = greatest(t.last_at, excluded.last_at);
  get diagnostics counted = row_count;
  return counted;
end
$$;

grant execute on function app.count_limit_hits(jsonb) to mm_service;
