-- Personal columns that no erasure could be planned for: without a class, without what erasing does, or in a table that
-- app.personal_ties() does not name.
create function app.unplanned_columns() returns setof text
language sql stable
set search_path = ''
as $$
  select d.id
  from api.data_catalogue d
  where d.class is null
     or d.class = 'personal' and (
       d.erasure is null
       or not exists (select from app.personal_ties() p where p.table_name = d.schema_name || '.' || d.table_name))
$$;

-- Adds to the plan of a request every step that it does not have yet. Called at the approval, whenever the worker looks, and before the
-- erasure is complete: a column, an upload or an asset that came later is taken in. The identity goes after the vendors, since it is how
-- staff find the person there; the values behind the audit log go last, because every change before adds some.
create function app.plan_erasure(request app.erasure_requests) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  planned integer;
begin
  insert into app.erasure_steps (request_id, profile_id, system, phase, action, target, table_name, column_name, is_manual)
  select request.id, request.profile_id, s.system, s.phase, s.action, s.target, s.table_name, s.column_name, s.is_manual
  from (
    values
      ('postgres', 1, 'suspend', 'account', null::text, null::text, false),
      ('postgres', 1, 'revoke', 'share links', null, null, false),
      ('postgres', 1, 'deny', 'sessions', null, null, false),
      ('postgres', 1, 'withdraw', 'videos', null, null, false),
      -- Neither vendor's API is configured: compliance staff delete there, and say so.
      ('clerk', 3, 'delete', 'account', null, null, true),
      ('resend', 3, 'delete', 'contact and mails', null, null, true)
    union all
    select case d.schema_name || '.' || d.table_name when 'audit.disclosures' then 'audit' else 'postgres' end,
           case d.schema_name || '.' || d.table_name when 'audit.disclosures' then 5 when 'app.profiles' then 4 else 2 end,
           d.erasure, d.id, d.schema_name || '.' || d.table_name, d.column_name, false
    from api.data_catalogue d
    where d.class = 'personal'
    union all
    select 'mux', 3, 'cancel', j.mux_upload_id, null, null, false
    from app.upload_jobs j
    where j.coach_id = request.profile_id and j.mux_upload_id is not null and j.state in ('requested', 'uploading', 'processing')
    union all
    select 'mux', 3, 'delete', a.id, null, null, false
    from app.mux_assets a
    join app.videos v on v.id = a.video_id
    where v.coach_id = request.profile_id and a.status <> 'deleted'
  ) s (system, phase, action, target, table_name, column_name, is_manual)
  on conflict do nothing;
  get diagnostics planned = row_count;
  return planned;
end
$$;
