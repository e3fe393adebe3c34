-- Folds a stored event into the state of its upload, asset and video, in one transaction with its own state: a worker killed in the
-- middle leaves everything as it was (UP-07). Answers processed, ignored (of no interest), or skipped (not waiting to be folded: done
-- before, dead, or quarantined). An event that cannot be read raises, and the worker reports that with app.fail_webhook_event.
create function app.fold_webhook_event(id uuid) returns text
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  event app.webhook_events;
  content jsonb;
  outcome text;
begin
  select e.* into event from app.webhook_events e where e.id = fold_webhook_event.id for no key update;
  if event.state is distinct from 'received' then
    return 'skipped';
  end if;

  content := convert_from(event.body, 'utf8')::jsonb;
  perform audit.explain(reason => format('%s event %s (%s)', event.provider, event.event_id, event.type));
  if app.fold_mux_event(event.type, content -> 'data', coalesce((content ->> 'created_at')::timestamptz, event.signed_at)) then
    outcome := 'processed';
  else
    outcome := 'ignored';
  end if;
  perform audit.explain();

  update app.webhook_events e
  set state = outcome, processed_at = now(), last_error = null
  where e.id = event.id;
  return outcome;
end
$$;

grant execute on function app.fold_webhook_event(uuid) to mm_service;
