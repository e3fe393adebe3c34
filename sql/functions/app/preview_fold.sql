-- What this transaction's entries of the audit log after `mark` say together: of each object the columns that differ, before and after. A
-- value is shown when its column is classified as public or internal; of any other it is said that it changes.
create function app.changes_since(mark uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  with entries as (
    select e.* from audit.entries e where e.xid = pg_current_xact_id() and e.occurred_at = now() and e.id > mark
  ), told as (
    select e.object_type, e.object_id, k.key,
           (array_agg(e.before -> k.key order by e.id))[1] as before,
           (array_agg(e.after -> k.key order by e.id desc))[1] as after,
           min(e.id::text) as place,
           bool_or(d.class in ('public', 'internal')) is true as is_shown
    from entries e
    cross join lateral jsonb_object_keys(coalesce(e.before, '{}') || coalesce(e.after, '{}')) k (key)
    left join api.data_catalogue d on d.table_name = e.object_type || 's' and d.column_name = k.key
    group by e.object_type, e.object_id, k.key
  ), objects as (
    select t.object_type, t.object_id, min(t.place) as place,
           coalesce(jsonb_object_agg(t.key, case when t.is_shown then t.before else '"[not shown]"' end)
             filter (where coalesce(t.before, 'null') <> 'null'), '{}') as before,
           coalesce(jsonb_object_agg(t.key, case when t.is_shown then t.after else '"[not shown]"' end)
             filter (where coalesce(t.after, 'null') <> 'null'), '{}') as after
    from told t
    where t.before is distinct from t.after
    group by t.object_type, t.object_id
  )
  select coalesce(jsonb_agg(
    jsonb_build_object('object', o.object_type, 'id', o.object_id, 'before', o.before, 'after', o.after) order by o.place), '[]')
  from objects o
$$;

-- Folds these events one after the other and takes everything back: of each, what became of it, why not, and what it changed. A change is
-- what the audit log would have said, so nothing that is recorded can be missing from it. Waits for nobody longer than two seconds.
create function app.preview_fold(event_ids uuid[]) returns table (id uuid, outcome text, error text, changes jsonb)
language plpgsql volatile
set search_path = ''
set lock_timeout = '2s'
as $$
#variable_conflict use_variable
declare
  event app.webhook_events;
  mark uuid;
  seen jsonb := '[]';
begin
  begin
    for event in select e.* from app.webhook_events e where e.id = any (event_ids) order by e.id loop
      error := null;
      changes := '[]';
      mark := uuidv7();
      begin
        update app.webhook_events e set state = 'received' where e.id = event.id and e.received_at = event.received_at;
        outcome := app.fold_event(event);
        changes := app.changes_since(mark);
      exception
        when lock_not_available then
          outcome := 'busy';
        when others then
          outcome := 'failed';
          error := app.scrub_text(sqlerrm, 1000);
      end;
      seen := seen || jsonb_build_array(jsonb_build_object('id', event.id, 'outcome', outcome, 'error', error, 'changes', changes));
    end loop;
    -- Only this brings back every row, also those that the folds made.
    raise exception using errcode = 'transaction_rollback', message = 'This was a preview.';
  exception when transaction_rollback then
    null;
  end;
  return query select s.id, s.outcome, s.error, s.changes from jsonb_to_recordset(seen) s (id uuid, outcome text, error text, changes jsonb);
end
$$;
