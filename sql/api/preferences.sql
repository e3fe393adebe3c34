create view api.my_preferences with (security_invoker = true) as
select p.id, p.time_zone, p.language, p.density, p.updated_at
from app.preferences p;

comment on view api.my_preferences is 'How the back office shows itself to the caller; no row where everything is as their device has it.';
grant select on api.my_preferences to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;

-- Says how the back office shows itself to the caller. What is null is as their device has it.
create function api.set_preferences(
  time_zone text default null, language text default null, density text default 'comfortable',
  out id uuid, out updated_at timestamptz
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
begin
  perform app.refuse_fields(array_remove(array[
    case when not app.is_time_zone(set_preferences.time_zone)
      then app.field_error('time_zone', 'choice', 'Name a time zone such as Australia/Sydney.') end,
    case when set_preferences.language not in ('en-AU', 'de')
      then app.field_error('language', 'choice', 'Choose English or German.') end,
    case when coalesce(set_preferences.density not in ('comfortable', 'compact'), true)
      then app.field_error('density', 'choice', 'Choose comfortable or compact.') end
  ], null));
  insert into app.preferences as p (profile_id, time_zone, language, density)
  values (me, set_preferences.time_zone, set_preferences.language, set_preferences.density)
  on conflict (profile_id) do update
    set time_zone = excluded.time_zone, language = excluded.language, density = excluded.density
  returning p.id, p.updated_at into set_preferences.id, set_preferences.updated_at;
end
$$;

comment on function api.set_preferences(text, text, text) is 'Says how the back office shows itself to the caller.';
grant execute on function api.set_preferences(text, text, text) to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;
