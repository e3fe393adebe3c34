-- The addresses that are blocked now, for the api, which asks every few seconds and keeps the answer.
create function app.blocked_addresses() returns table (address_hash bytea, expires_at timestamptz)
language sql stable security definer
set search_path = ''
as $$
  select b.address_hash, max(b.expires_at)
  from app.address_blocks b
  where b.lifted_at is null and b.expires_at > now()
  group by b.address_hash
$$;

grant execute on function app.blocked_addresses() to mm_service;

-- Longest time for which an address may be blocked: what is to last longer belongs to the edge.
create function app.max_block_life() returns interval
language sql immutable set search_path = '' as $$ select interval '30 days' $$;

-- The rule of what staff give to block an address.
create function app.block_errors(address text, expires_at timestamptz) returns jsonb[]
language sql stable
set search_path = ''
as $$
  select array_remove(array[
    case when coalesce(address !~ '^[0-9a-f]{64}$', true)
      then app.field_error('address', 'format', 'Give the keyed hash of an address: 64 hexadecimal digits.') end,
    case when expires_at is null or expires_at <= now() or expires_at > now() + app.max_block_life()
      then app.field_error('expires_at', 'range', 'A block ends in the future, in 30 days at the latest.') end
  ], null)
$$;
