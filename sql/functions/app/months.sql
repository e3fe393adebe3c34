-- The tables whose rows are kept by the month.
create function app.monthly_tables() returns text[]
language sql immutable set search_path = ''
as $$
  select array[
    'app.playback_decisions', 'app.playback_events', 'app.webhook_events', 'app.webhook_attempts', 'app.error_events',
    'audit.entries', 'audit.disclosures', 'audit.leaves']
$$;

-- Makes the months of those tables, from so many back to so many ahead, and answers how many it made. Run by every deployment, and daily
-- by the worker. There is no default partition, in which rows would pile up unnoticed: without a month an insert fails loudly.
create function app.ensure_months(ahead integer default 3, behind integer default 0) returns integer
language plpgsql volatile security definer
set search_path = ''
set timezone = 'UTC'
as $$
declare
  table_name text;
  month_begin timestamptz;
  month_name text;
  made integer := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('mm.app.months', 0));
  foreach table_name in array app.monthly_tables() loop
    for month_begin in
      select generate_series(
        date_trunc('month', now()) - make_interval(months => behind), date_trunc('month', now()) + make_interval(months => ahead),
        '1 month')
    loop
      month_name := format('app_months.%I', split_part(table_name, '.', 2) || to_char(month_begin, '_YYYY_MM'));
      continue when to_regclass(month_name) is not null;
      execute format(
        'create table %s partition of %s for values from (%L) to (%L)',
        month_name, table_name, month_begin, month_begin + interval '1 month');
      execute format('alter table %s enable row level security', month_name);
      execute format('alter table %s force row level security', month_name);
      made := made + 1;
    end loop;
  end loop;
  return made;
end
$$;

grant execute on function app.ensure_months(integer, integer) to mm_service;

-- The months that a table has. Months are told by the names of their partitions.
create function app.months_of(table_name text) returns table (month regclass, begins_at timestamptz)
language sql stable
set search_path = ''
set timezone = 'UTC'
as $$
  select c.oid::regclass, to_date(right(c.relname, 7), 'YYYY_MM')::timestamptz
  from pg_catalog.pg_inherits i
  join pg_catalog.pg_class c on c.oid = i.inhrelid
  where i.inhparent = to_regclass(table_name)
$$;
