-- The rules of what people write, each in one place: the functions of the api ask them together with their other fields, and a trigger
-- asks them when a row is changed directly, so that a form gets its errors at the field from either.

create function app.video_field_errors(title text, description text) returns jsonb[]
language sql immutable
set search_path = ''
as $$
  select array_remove(array[
    case when coalesce(length(title), 0) not between 1 and 200
      then app.field_error('title', 'length', 'Give the video a title of 1 to 200 characters.') end,
    case when length(description) > 2000
      then app.field_error('description', 'length', 'The description may have at most 2,000 characters.') end
  ], null)
$$;

create function app.share_token_field_errors(label text) returns jsonb[]
language sql immutable
set search_path = ''
as $$
  select array_remove(array[
    case when length(label) > 120
      then app.field_error('label', 'length', 'The label may have at most 120 characters.') end
  ], null)
$$;

-- Harmless, and called by triggers of tables that these roles may change.
grant execute on function app.video_field_errors(text, text), app.share_token_field_errors(text) to mm_coach, mm_admin;
