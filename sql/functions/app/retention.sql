-- The months of a table that ended so many days ago, oldest first, and whether something keeps them back: a legal hold on somebody whose
-- videos the decisions and events are about (CO-06), or who owns entries of the audit log; of the log, entries that are not sealed.
create function app.expired_months(table_name text, keep_days integer)
returns table (month regclass, begins_at timestamptz, row_count bigint, is_held boolean)
language plpgsql stable
set search_path = ''
set timezone = 'UTC'
as $$
begin
  for month, begins_at in
    select m.month, m.begins_at
    from app.months_of(case table_name when 'audit_entries' then 'audit.entries' else 'app.' || quote_ident(table_name) end) m
    where m.begins_at + interval '1 month' <= now() - make_interval(days => keep_days)
    order by m.begins_at
  loop
    execute format('select count(*) from %s', month) into row_count;
    is_held := false;
    if table_name in ('playback_decisions', 'playback_events') then
      execute format(
        'select exists (select from app.legal_holds h join %s d on d.coach_id = h.profile_id where h.lifted_at is null)', month)
        into is_held;
    elsif table_name = 'audit_entries' then
      execute format(
        'select exists (select from app.legal_holds h join %1$s e on e.owner_id = h.profile_id where h.lifted_at is null)
             or exists (select from %1$s e where not exists (
                  select from audit.leaves l where l.entry_id = e.id and l.occurred_at = e.occurred_at))', month)
        into is_held;
    end if;
    return next;
  end loop;
end
$$;

-- Drops the month of a table and records what went.
create function app.drop_month(month regclass, table_name text, begins_at timestamptz, keep_days integer, last_batch_no bigint default null)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  row_count bigint;
begin
  execute format('select count(*) from %s', month) into row_count;
  execute format('drop table %s', month);
  insert into app.dropped_months (table_name, month_begins_at, row_count, keep_days, last_batch_no)
  values (table_name, begins_at, row_count, keep_days, last_batch_no);
end
$$;

-- Drops the months of leaves of the audit log that no entry needs any more: oldest first, and each one month after the entries of its
-- own month. A batch around the end of a month holds entries of both, and those of the second are proved by the leaves of the first.
create function app.drop_leaves(keep_days integer) returns void
language plpgsql volatile
set search_path = ''
set timezone = 'UTC'
as $$
declare
  leaf_month record;
  last_batch bigint;
begin
  for leaf_month in
    select l.month, l.begins_at from app.months_of('audit.leaves') l
    where l.begins_at + interval '2 months' <= (select min(e.begins_at) from app.months_of('audit.entries') e)
    order by l.begins_at
  loop
    execute format('select max(l.batch_no) from %s l', leaf_month.month) into last_batch;
    perform app.drop_month(leaf_month.month, 'audit_leaves', leaf_month.begins_at, keep_days, last_batch);
  end loop;
end
$$;

-- Drops every month that has expired and is not held, removes expired rows of the other tables, and records what went. Run daily by the
-- worker. Answers how many months went, or lost rows.
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
      if policy.id = 'audit_entries' then
        perform app.drop_month(m.month, 'audit_disclosures', m.begins_at, policy.keep_days)
        from app.months_of('audit.disclosures') m where m.begins_at = expired.begins_at;
      elsif policy.id = 'webhook_events' then
        -- What failed in a month was received in it or before, and is gone.
        perform app.drop_month(m.month, 'webhook_attempts', m.begins_at, policy.keep_days)
        from app.months_of('app.webhook_attempts') m where m.begins_at = expired.begins_at;
      end if;
      perform app.drop_month(expired.month, policy.id, expired.begins_at, policy.keep_days);
      dropped := dropped + 1;
    end loop;
    if policy.id = 'audit_entries' then
      perform app.drop_leaves(policy.keep_days);
    end if;
    dropped := dropped + app.remove_expired_rows(policy.id, policy.keep_days);
  end loop;
  -- A receipt stays at least as long as its event, whose month goes as a whole.
  delete from app.webhook_receipts r
  where r.received_at < now() - make_interval(days => (
    select p.keep_days + 31 from app.retention_policies p where p.id = 'webhook_events'));
  delete from app.webhook_refusals r
  where r.day < now() - make_interval(days => (
    select p.keep_days from app.retention_policies p where p.id = 'webhook_events'));
  -- A claimed view says which session watched; the link is dead long before, and it goes with the session's events. Held ones stay.
  delete from app.share_views v
  where v.claimed_at < now() - make_interval(days => (
      select p.keep_days + 31 from app.retention_policies p where p.id = 'playback_events'))
    and not exists (select from app.legal_holds h where h.profile_id = v.coach_id and h.lifted_at is null);
  return dropped;
end
$$;

grant execute on function app.apply_retention() to mm_service;
