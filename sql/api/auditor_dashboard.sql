-- What an auditor begins the day with, in one answer: up to where the audit log is sealed and signed, what waits for its seal, how it grew, by the
-- days of their own clock, and what privileged was done in 30 days. What is not sealed yet lies after the last batch; how the log grew is told by
-- the checkpoints: no entry is counted but those. Counts that could grow stop at 10,000.
create function api.auditor_dashboard(time_zone text default 'UTC') returns table (
  batch_no bigint, sealed_at timestamptz, unsealed integer, unsealed_since timestamptz, checkpoint_size bigint,
  checkpoint_entries bigint, checkpoint_signed_at timestamptz, days jsonb, exported integer, disclosed integer, roles_changed integer,
  suspended integer
)
language sql stable
set search_path = ''
as $$
  with today as materialized (select app.today_in(auditor_dashboard.time_zone) as day),
  last_batch as materialized (select b.no, b.sealed_at from audit.batches b order by b.no desc limit 1),
  waiting as (
    select e.occurred_at from audit.entries e
    -- Entries of one transaction are as old as its beginning.
    where e.occurred_at > coalesce((select l.sealed_at from last_batch l) - interval '1 minute', '-infinity')
      and not exists (select from audit.leaves l where l.entry_id = e.id and l.occurred_at = e.occurred_at)
    limit 10000
  ), newest as (select c.size, c.entries, c.signed_at from audit.checkpoints c order by c.size desc limit 1),
  ends as (
    select d.day::date as day, coalesce((
        select c.entries from audit.checkpoints c
        where c.signed_at < (d.day + interval '1 day') at time zone auditor_dashboard.time_zone
        order by c.signed_at desc, c.size desc limit 1), 0) as entries
    from today cross join generate_series((today.day - 14)::timestamp, today.day::timestamp, interval '1 day') d (day)
  ), grown as (select e.day, e.entries - lag(e.entries) over (order by e.day) as entries from ends e)
  select
    (select l.no from last_batch l), (select l.sealed_at from last_batch l),
    (select count(*)::integer from waiting), (select min(w.occurred_at) from waiting w),
    (select n.size from newest n), (select n.entries from newest n), (select n.signed_at from newest n),
    (select jsonb_agg(jsonb_build_object('day', g.day, 'entries', g.entries) order by g.day) from grown g where g.entries is not null),
    app.count_acts('audit_log.exported'), app.count_acts('audit_entry.disclosed'),
    app.count_acts('profile.role_changed'), app.count_acts('profile.suspended')
$$;

comment on function api.auditor_dashboard(text) is
  'For auditors and compliance staff: how far the audit log is sealed and signed, how it grew in 14 days, privileged acts of 30 days.';
grant execute on function api.auditor_dashboard(text) to mm_auditor, mm_compliance;

-- What compliance staff begin the day with: requests to erase that are open, and when the next is due, and the legal holds that stand.
create function api.compliance_dashboard() returns table (
  erasures_requested integer, erasures_running integer, erasures_overdue integer, next_due_at timestamptz, erasures_completed integer,
  holds_standing integer
)
language sql stable
set search_path = ''
as $$
  with open_requests as (
    select r.state, r.due_at from app.erasure_requests r where r.state in ('requested', 'approved', 'running')
  )
  select
    (select count(*)::integer from open_requests o where o.state = 'requested'),
    (select count(*)::integer from open_requests o where o.state <> 'requested'),
    (select count(*)::integer from open_requests o where o.due_at < now()),
    (select min(o.due_at) from open_requests o),
    (select count(*)::integer from app.erasure_requests r
     where r.requested_at > now() - interval '30 days' and r.state = 'completed'),
    (select count(*)::integer from app.legal_holds h where h.lifted_at is null)
$$;

comment on function api.compliance_dashboard() is 'For compliance staff: open and overdue requests to erase, and legal holds.';
grant execute on function api.compliance_dashboard() to mm_compliance;
