-- How many requests were over each rate limit, by the hour, and by which addresses (RL-09). The caller's own policies decide what is read.
create function api.limit_hits(hours integer default 24)
returns table (hour timestamptz, rule text, mode text, hits bigint, addresses bigint)
language sql stable
set search_path = ''
as $$
  select h.hour, h.rule, h.mode, sum(h.hits)::bigint, count(*) filter (where h.address_hash <> '')
  from app.rate_limit_hits h
  where h.hour > now() - make_interval(hours => least(greatest(hours, 1), 720))
  group by h.hour, h.rule, h.mode
  order by h.hour desc, h.rule, h.mode
$$;

create function api.limit_offenders(hours integer default 24)
returns table (address text, hits bigint, rules text[], last_at timestamptz, blocked_until timestamptz)
language sql stable
set search_path = ''
as $$
  select encode(h.address_hash, 'hex'), sum(h.hits)::bigint, array_agg(distinct h.rule), max(h.last_at),
         (select max(b.expires_at) from app.address_blocks b
          where b.address_hash = h.address_hash and b.lifted_at is null and b.expires_at > now())
  from app.rate_limit_hits h
  where h.hour > now() - make_interval(hours => least(greatest(hours, 1), 720)) and h.address_hash <> ''
  group by h.address_hash
  order by 2 desc, 1
  limit 50
$$;

comment on function api.limit_hits(integer) is 'Requests over each rate limit in the last hours, by the hour; for operators and admins.';
comment on function api.limit_offenders(integer) is 'The fifty addresses with the most requests over a limit in the last hours, by their keyed hash; for operators and admins.';
grant execute on function api.limit_hits(integer), api.limit_offenders(integer) to mm_operator, mm_admin;
