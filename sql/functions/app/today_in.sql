-- The date by the caller's clock, or a refusal of a time zone that does not exist.
create function app.today_in(time_zone text) returns date
language plpgsql stable security definer
set search_path = ''
as $$
declare
  today date;
begin
  begin
    today := (now() at time zone time_zone)::date;
  exception when invalid_parameter_value then
    today := null;
  end;
  if today is null then
    perform app.refuse_fields(array[app.field_error('time_zone', 'choice', 'Name a time zone such as Australia/Sydney.')]);
  end if;
  return today;
end
$$;

grant execute on function app.today_in(text) to mm_admin, mm_auditor, mm_compliance;
