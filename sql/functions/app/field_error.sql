-- One entry of a problem's `errors`: which field, which rule (a stable code), and the sentence for the person.
create function app.field_error(field text, code text, message text) returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object('pointer', '#/' || field, 'code', code, 'detail', message)
$$;

-- Harmless, and called by triggers of tables that these roles may change.
grant execute on function app.field_error(text, text, text) to mm_coach, mm_admin;
