-- What stands in the place of a value that was replaced.
create function app.erased_word() returns text
language sql immutable set search_path = ''
as $$ select '[erased]' $$;

-- The same as an expression of SQL about row t; where the column is unique it ends in the row's id.
create function app.erased_value(table_name text, column_name text) returns text
language sql stable
set search_path = ''
as $$
  select case
    when exists (
      select from pg_catalog.pg_index i
      join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attname = column_name
      where i.indrelid = erased_value.table_name::regclass and i.indisunique and a.attnum = any (i.indkey))
      then format('%L || t.id', app.erased_word() || ' ')
    else quote_literal(app.erased_word())
  end
$$;

-- The condition under which row `t` of a table still holds something of a column for profile $1.
create function app.erasure_condition(table_name text, column_name text, action text) returns text
language sql stable
set search_path = ''
as $$
  select format('(%s)', p.tie) || case action
    when 'clear' then format(' and t.%I is not null', column_name)
    -- What was null says nothing, and some columns must be null together.
    when 'replace' then format(' and t.%I <> %s', column_name, app.erased_value(erasure_condition.table_name, column_name))
    else ''
  end
  from app.personal_ties() p where p.table_name = erasure_condition.table_name
$$;

-- The query that counts those rows: the evidence of a step is that it answers 0.
create function app.erasure_check(table_name text, column_name text, action text) returns text
language sql stable
set search_path = ''
as $$
  select format('select count(*) from %s t where %s', table_name::regclass, app.erasure_condition(table_name, column_name, action))
$$;

-- Whether this column is being erased now. Only while one of our own functions does it: the setting alone, which anybody can make, is not
-- enough.
create function app.is_erasing(column_id text) returns boolean
language sql stable
set search_path = ''
as $$
  select current_user = 'mm_owner' and current_setting('mm.erasing_column', true) is not distinct from column_id
$$;

-- Clears, replaces or deletes a personal column of one person, and proves that nothing is left. Again it changes nothing.
--
-- A row may be the person's and its entries in the log another's: an address for whom a coach's link is. What the log keeps of such a value
-- goes here, while the rows can still be found; what is the person's own goes with audit.erase_disclosures(). Of a row that goes and belongs to
-- nobody all that the log keeps goes with it: by the next column it could not be found any more.
create function app.erase_column(person uuid, table_name text, column_name text, action text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  counting text := app.erasure_check(table_name, column_name, action);
  condition text := app.erasure_condition(table_name, column_name, action);
  -- Notes of an author about no person are found by their author, not by the row.
  audited_as text := (
    select audit.object_type(p.table_name) from app.personal_ties() p
    where p.table_name = erase_column.table_name and not p.by_author);
  row_ids text[];
  changed bigint;
  disclosures bigint := 0;
  remaining bigint;
begin
  if condition is null then
    raise exception using errcode = '22023', message = format('Nobody said whose the rows of %s are.', table_name);
  end if;
  perform set_config('mm.erasing', person::text, true),
          set_config('mm.erasing_column', format('%s.%s', table_name, column_name), true);
  if table_name = 'audit.disclosures' then
    changed := audit.erase_disclosures(person, 'Erasure of the account.');
  else
    if audited_as is not null then
      execute format('select array_agg(t.id::text) from %s t where (%s)', table_name::regclass, (
        select p.tie from app.personal_ties() p where p.table_name = erase_column.table_name))
        into row_ids using person;
    end if;
    case action
      when 'clear' then
        execute format('update %s t set %I = null where %s', table_name::regclass, column_name, condition) using person;
      when 'replace' then
        execute format(
          'update %s t set %I = %s where %s', table_name::regclass, column_name, app.erased_value(table_name, column_name), condition)
          using person;
      when 'delete' then
        execute format('delete from %s t where %s', table_name::regclass, condition) using person;
    end case;
    get diagnostics changed = row_count;
    delete from audit.disclosures d
    using audit.entries e
    where e.object_type = audited_as and e.object_id = any (row_ids)
      and d.entry_id = e.id and d.occurred_at = e.occurred_at and d.owner_id is distinct from person
      and (d.field = column_name or erase_column.action = 'delete' and d.owner_id is null);
    get diagnostics disclosures = row_count;
  end if;
  perform set_config('mm.erasing', '', true), set_config('mm.erasing_column', '', true);

  execute counting into remaining using person;
  if remaining <> 0 then
    raise exception using errcode = '55000', message = format('%s rows of %s.%s remain.', remaining, table_name, column_name);
  end if;
  return jsonb_build_object('changed', changed, 'disclosures_of_others', disclosures, 'check', counting, 'remaining', remaining);
end
$$;

-- What stays of a column, how much, and why.
create function app.keep_column(person uuid, table_name text, column_name text, action text) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  kept bigint;
  days integer;
begin
  execute app.erasure_check(table_name, column_name, action) into kept using person;
  select p.keep_days into days from app.retention_policies p
  where p.id in (split_part(keep_column.table_name, '.', 2), replace(keep_column.table_name, '.', '_'));
  return jsonb_strip_nulls(jsonb_build_object(
    'rows', kept,
    'keep_days', days,
    'why', case action
      when 'keep' then 'Evidence that holds an opaque id, which leads to nobody any more.'
      else 'The table is only ever added to; each row goes with its month.'
    end));
end
$$;
