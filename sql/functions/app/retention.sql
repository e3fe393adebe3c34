-- The months of a table that ended so many days ago, oldest first, and whether a legal hold keeps them: decisions about the videos of
-- somebody whose data are held are not dropped (CO-06).
create function app.expired_months(table_name text, keep_days integer)
returns table (month regclass, begins_at timestamptz, row_count bigint, is_held boolean)
language plpgsql stable
set search_path = ''
set timezone = 'UTC'
as $$
begin
  for month, begins_at in
    select c.oid::regclass, to_date(right(c.relname, 7), 'YYYY_MM')::timestamptz
    from pg_catalog.pg_inherits i
    join pg_catalog.pg_class c on c.oid = i.inhrelid
    where i.inhparent = to_regclass(format('app.%I', expired_months.table_name))
      and to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' <= now() - make_interval(days => keep_days)
    order by 2
  loop
    execute format('select count(*) from %s', month) into row_count;
    is_held := false;
    if table_name = 'playback_decisions' then
      execute format(
        'select exists (select from app.legal_holds h join %s d on d.coach_id = h.profile_id where h.lifted_at is null)', month)
        into is_held;
    end if;
    return next;
  end loop;
end
$$;

-- Drops every month that has expired and is not held, and records what went. Run daily by the worker. Answers how many months.
create function app.apply_retention() returns integer
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  policy app.retention_policies;
  expired record;
  dropped integer := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('mm.app.months', 0));
  for policy in select p.* from app.retention_policies p order by p.id loop
    for expired in select * from app.expired_months(policy.id, policy.keep_days) e where not e.is_held loop
      execute format('drop table %s', expired.month);
      insert into app.dropped_months (table_name, month_begins_at, row_count, keep_days)
      values (policy.id, expired.begins_at, expired.row_count, policy.keep_days);
      dropped := dropped + 1;
    end loop;
  end loop;
  -- A receipt stays at least as long as its event, whose month goes as a whole.
  delete from app.webhook_receipts r
  where r.received_at < now() - make_interval(days => (
    select p.keep_days + 31 from app.retention_policies p where p.id = 'webhook_events'));
  return dropped;
end
$$;

grant execute on function app.apply_retention() to mm_service;
