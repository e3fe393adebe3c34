create view api.retention_policies with (security_invoker = true) as
select p.id, p.keep_days, p.default_days, p.changed_at, p.changed_by, p.reason
from app.retention_policies p;

comment on view api.retention_policies is 'For how long the rows of the monthly tables are kept; for compliance staff, admins and auditors.';
comment on column api.retention_policies.id is 'The table.';
grant select on api.retention_policies to mm_admin, mm_compliance, mm_auditor;

create view api.dropped_months with (security_invoker = true) as
select d.id, d.table_name, d.month_begins_at, d.row_count, d.keep_days, d.dropped_at
from app.dropped_months d;

comment on view api.dropped_months is 'What retention has removed; for compliance staff, admins and auditors.';
grant select on api.dropped_months to mm_admin, mm_compliance, mm_auditor;

-- What would be removed if a table were kept for so many days (CO-06). Changes nothing.
create function api.preview_retention(table_name text, keep_days integer)
returns table (month_begins_at timestamptz, row_count bigint, is_held boolean)
language plpgsql stable security definer
set search_path = ''
as $$
begin
  perform authz.require_profile();
  perform app.refuse_fields(app.retention_errors(preview_retention.table_name, preview_retention.keep_days));
  return query
    select e.begins_at, e.row_count, e.is_held
    from app.expired_months(preview_retention.table_name, preview_retention.keep_days) e
    union all
    select r.begins_at, r.row_count, r.is_held
    from app.expired_rows(preview_retention.table_name, preview_retention.keep_days) r;
end
$$;

comment on function api.preview_retention(text, integer) is 'The months that would be removed if the table were kept for so many days.';
grant execute on function api.preview_retention(text, integer) to mm_compliance;

-- Changes for how long a table is kept, with a reason. The next daily run applies it.
create function api.change_retention(table_name text, keep_days integer, reason text)
returns table (id text, kept_days integer, changed_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
begin
  perform app.refuse_fields(
    app.retention_errors(change_retention.table_name, change_retention.keep_days) || app.reason_errors(change_retention.reason));
  perform audit.explain('retention_policy.changed', btrim(change_retention.reason));
  return query
    update app.retention_policies p
    set keep_days = change_retention.keep_days, changed_at = now(), changed_by = me, reason = btrim(change_retention.reason)
    where p.id = change_retention.table_name
    returning p.id, p.keep_days, p.changed_at;
  perform audit.explain();
end
$$;

comment on function api.change_retention(text, integer, text) is 'Changes for how long a table is kept, with a reason.';
grant execute on function api.change_retention(text, integer, text) to mm_compliance;
