-- The rule of a retention policy: a table that has one, and 1 to 3,650 days; the audit log is kept for 365 at least (AU-05).
create function app.retention_errors(table_name text, keep_days integer) returns jsonb[]
language sql stable
set search_path = ''
as $$
  select array_remove(array[
    case when not exists (select from app.retention_policies p where p.id = retention_errors.table_name)
      then app.field_error('table_name', 'choice', 'There is no retention policy for this table.') end,
    case when keep_days is null or keep_days not between 1 and 3650
      then app.field_error('keep_days', 'range', 'Rows are kept for between 1 and 3,650 days.')
      when retention_errors.table_name = 'audit_entries' and keep_days < 365
      then app.field_error('keep_days', 'range', 'The audit log is kept for 365 days at least.') end
  ], null)
$$;
