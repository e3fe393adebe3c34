-- The hundredth of all subjects that this one is in, 0 to 99: the same every time, and another one for every flag.
create function app.flag_bucket(flag text, subject text) returns integer
language sql immutable
set search_path = ''
as $$ select (('x' || left(md5(flag || ':' || subject), 8))::bit(32)::bigint % 100)::integer $$;

-- Whether a flag of these settings is on for a subject of this role. Without a subject only what is on for all of them is on.
create function app.flag_applies(flag text, is_enabled boolean, rollout_percent integer, roles text[], subject text, role text)
returns boolean
language sql immutable
set search_path = ''
as $$
  select is_enabled
    and (cardinality(roles) = 0 or coalesce(role = any (roles), false))
    and (rollout_percent = 100 or coalesce(app.flag_bucket(flag, subject) < rollout_percent, false))
$$;

-- Whether a flag is on (CF-08) for a subject: a profile's id, with its role, or whatever else the flag is asked about. A flag that does not
-- exist is off.
create function app.flag_enabled(flag text, subject text default null, role text default null) returns boolean
language sql stable security definer
set search_path = ''
as $$
  select coalesce((
    select app.flag_applies(f.id, f.is_enabled, f.rollout_percent, f.roles, flag_enabled.subject, flag_enabled.role)
    from app.feature_flags f where f.id = flag), false)
$$;

-- The rule of a flag's settings.
create function app.flag_errors(flag app.feature_flags, is_enabled boolean, rollout_percent integer, roles text[]) returns jsonb[]
language sql immutable
set search_path = ''
as $$
  select array_remove(array[
    case when is_enabled is null then app.field_error('is_enabled', 'required', 'Say whether it is on.') end,
    case when rollout_percent is null or rollout_percent not between 0 and 100
      then app.field_error('rollout_percent', 'range', 'Say for how many in a hundred: 0 to 100.') end,
    case
      when not app.is_flat(roles) or not roles <@ array['coach', 'admin', 'compliance', 'operator', 'auditor']
        then app.field_error('roles', 'choice', 'The roles are coach, admin, compliance, operator and auditor.')
      when flag.applies_to <> 'people' and cardinality(roles) > 0
        then app.field_error('roles', 'choice', 'This flag is not about people, so it has no roles.') end
  ], null)
$$;

-- Finds a flag, or refuses.
create function app.find_flag(key text) returns app.feature_flags
language plpgsql stable
set search_path = ''
as $$
declare
  flag app.feature_flags;
begin
  select f.* into flag from app.feature_flags f where f.id = key;
  if not found then
    perform app.fail(404, 'flag.not_found', 'There is no such feature flag.');
  end if;
  return flag;
end
$$;

grant execute on function app.flag_enabled(text, text, text) to mm_service;
