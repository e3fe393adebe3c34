-- Folds an event that is locked and waits: into the state of an upload, asset and video, or of a person and their sessions, in one
-- transaction with its own state, so that a worker killed in the middle leaves everything as it was (UP-07). Answers processed, or
-- ignored when it is of no interest: an unknown type is kept like any other. An event that cannot be read raises.
create function app.fold_event(event app.webhook_events) returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  content jsonb := convert_from(event.body, 'utf8')::jsonb;
  folded boolean;
begin
  perform audit.explain(reason => format('%s event %s (%s)', event.provider, event.event_id, event.type));
  folded := case event.provider
    when 'mux' then
      app.fold_mux_event(event.type, content -> 'data', coalesce((content ->> 'created_at')::timestamptz, event.signed_at))
    when 'clerk' then
      app.fold_clerk_event(event.type, content -> 'data', coalesce(app.time_of_millis(content -> 'timestamp'), event.signed_at))
    when 'resend' then
      app.fold_resend_event(event.type, content -> 'data', coalesce((content ->> 'created_at')::timestamptz, event.signed_at))
    else false
  end;
  perform audit.explain();

  update app.webhook_events e
  set state = case when folded then 'processed' else 'ignored' end, processed_at = now(), last_error = null
  where e.id = event.id and e.received_at = event.received_at;
  return case when folded then 'processed' else 'ignored' end;
end
$$;

-- Folds one stored event. Answers skipped when it does not wait to be folded: done before, dead, or quarantined. Raises when it cannot be
-- read, and the worker reports that with app.fail_webhook_event.
create function app.fold_webhook_event(id uuid) returns text
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  event app.webhook_events;
begin
  select e.* into event from app.webhook_events e where e.id = fold_webhook_event.id for no key update;
  if event.state is distinct from 'received' then
    return 'skipped';
  end if;
  return app.fold_event(event);
end
$$;

-- Folds many stored events in one transaction, each on its own: one that cannot be folded is answered as failed, leaves nothing behind and
-- does not hold up its neighbours. What another worker has in hand is skipped, without waiting. At most 60 at once: beyond 64
-- subtransactions every snapshot of the server becomes dearer.
create function app.fold_webhook_events(ids uuid[]) returns table (id uuid, outcome text)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  event app.webhook_events;
begin
  if cardinality(ids) > 60 then
    perform app.fail(422, 'request.invalid', 'At most 60 events are folded at once.', 'ids');
  end if;
  -- The state is looked at afterwards: in the query it would invite the index of what is due, which is read whole for every batch of a backlog.
  for event in
    select e.* from app.webhook_events e where e.id = any (ids) order by e.id for no key update skip locked
  loop
    continue when event.state <> 'received';
    id := event.id;
    begin
      outcome := app.fold_event(event);
    exception when others then
      outcome := 'failed';
    end;
    return next;
  end loop;
end
$$;

grant execute on function app.fold_webhook_event(uuid), app.fold_webhook_events(uuid[]) to mm_service;
