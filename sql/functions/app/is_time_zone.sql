-- Whether this is the name of a time zone that times can be told in: Australia/Sydney, UTC. Offsets and descriptions of a zone's rules,
-- which PostgreSQL takes as well, are no names. Null for null.
create function app.is_time_zone(name text) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  if name is null then
    return null;
  end if;
  if name !~ '^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$' or name !~ '/' and name not in ('UTC', 'GMT') then
    return false;
  end if;
  return now() at time zone name is not null;
exception when invalid_parameter_value then
  return false;
end
$$;
