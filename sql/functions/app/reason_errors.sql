-- The rule of every reason that people give: 3 to 500 characters, blanks around it not counted.
create function app.reason_errors(reason text) returns jsonb[]
language sql immutable
set search_path = ''
as $$
  select array_remove(array[
    case when coalesce(length(btrim(reason)), 0) not between 3 and 500
      then app.field_error('reason', 'length', 'Say why, in 3 to 500 characters.') end
  ], null)
$$;
