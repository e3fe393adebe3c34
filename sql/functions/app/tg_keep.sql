-- Refuses an update of the columns named as arguments: identity, owner and scope of a row are what it was made with. The trigger names
-- the same columns, so that an update of others pays nothing. Only erasing a person replaces such a value, the one being erased.
create function app.tg_keep() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  old_row jsonb := to_jsonb(old);
  new_row jsonb := to_jsonb(new);
  name text;
begin
  foreach name in array tg_argv loop
    if old_row -> name is distinct from new_row -> name
       and not app.is_erasing(concat_ws('.', tg_table_schema, tg_table_name, name)) then
      perform app.fail(409, 'data.immutable', format('%s cannot be changed.', name), name);
    end if;
  end loop;
  return new;
end
$$;
