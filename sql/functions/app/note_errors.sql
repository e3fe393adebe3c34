-- The rule of every note that people leave: 3 to 500 characters, blanks around it not counted.
create function app.note_errors(note text) returns jsonb[]
language sql immutable
set search_path = ''
as $$
  select array_remove(array[
    case when coalesce(length(btrim(note)), 0) not between 3 and 500
      then app.field_error('note', 'length', 'Note what you found or did, in 3 to 500 characters.') end
  ], null)
$$;
