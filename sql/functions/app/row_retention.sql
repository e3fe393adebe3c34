-- Tables that are kept by the row: the time that counts, which rows may go, and whose a row is, whose legal hold keeps it.
create function app.row_retention() returns table (table_name text, time_column text, may_go text, owner_column text)
language sql immutable set search_path = ''
as $$
  values
    ('address_blocks', 'expires_at', 'true', null),
    ('alerts', 'resolved_at', 'true', null),
    -- A person's own go with their account; a browser's when nobody has come back with it.
    ('consents', 'decided_at', 'browser_id is not null', null),
    ('canary_runs', 'started_at', 'true', null),
    ('error_groups', 'last_seen_at', 'true', null),
    -- One that can still be accepted stays.
    ('invitations', 'created_at', $sql$t.state not in ('queued', 'sent') or t.expires_at < now()$sql$, 'accepted_by'),
    ('job_runs', 'started_at', 'true', null),
    ('rate_limit_hits', 'last_at', 'true', null),
    ('reconciliation_runs', 'ended_at', 'true', null),
    ('playback_sessions', 'started_at', 'true', 'coach_id'),
    -- That mail to an address bounced is remembered for as long as that of a notice.
    ('share_code_challenges', 'created_at',
     $sql$t.state <> 'bounced' or t.created_at < now() - interval '365 days'$sql$, 'coach_id'),
    ('share_proof_attempts', 'attempted_at', 'true', 'coach_id'),
    ('web_vitals', 'last_at', 'true', null),
    ('notifications', 'created_at',
     $sql$not exists (select from app.notification_deliveries d where d.notification_id = t.id and d.state = 'queued')$sql$, 'profile_id')
$$;

-- The rows of such a table that are older than so many days, by the month of that time, and whether a legal hold keeps them.
create function app.expired_rows(table_name text, keep_days integer)
returns table (begins_at timestamptz, row_count bigint, is_held boolean)
language plpgsql stable
set search_path = ''
set timezone = 'UTC'
as $$
declare
  rule record;
begin
  for rule in select r.* from app.row_retention() r where r.table_name = expired_rows.table_name loop
    return query execute format(
      'select date_trunc(''month'', t.%1$I), count(*), %3$s as is_held from app.%2$I t
       where t.%1$I < now() - make_interval(days => $1) and (%4$s) group by 1, 3 order by 1, 3',
      rule.time_column, rule.table_name, app.held_condition(rule.owner_column), rule.may_go)
      using keep_days;
  end loop;
end
$$;

-- Whether the owner of row t is under a legal hold, as text of SQL.
create function app.held_condition(owner_column text) returns text
language sql immutable set search_path = ''
as $$
  select case when owner_column is null then 'false'
    else format('exists (select from app.legal_holds h where h.profile_id = t.%I and h.lifted_at is null)', owner_column) end
$$;

-- Removes those that no hold keeps, and records what went.
create function app.remove_expired_rows(table_name text, keep_days integer) returns integer
language plpgsql volatile
set search_path = ''
set timezone = 'UTC'
as $$
declare
  rule record;
  months integer := 0;
begin
  for rule in select r.* from app.row_retention() r where r.table_name = remove_expired_rows.table_name loop
    execute format(
      'with gone as (
         delete from app.%2$I t where t.%1$I < now() - make_interval(days => $1) and (%4$s) and not %3$s returning t.%1$I as moment
       )
       insert into app.dropped_months (table_name, month_begins_at, row_count, keep_days)
       select %2$L, date_trunc(''month'', g.moment), count(*), $1 from gone g group by 2',
      rule.time_column, rule.table_name, app.held_condition(rule.owner_column), rule.may_go)
      using keep_days;
    get diagnostics months = row_count;
  end loop;
  return months;
end
$$;
