-- Counts and keeps a failed attempt to fold an event. It comes again after 10 seconds, then after three times as long each time and at most
-- 15 minutes (JB-02); after the last attempt it is dead. A dead event waits for a person, and for the job mux-dlq-replay: after the last
-- attempt once more as long, and twice as long after each replay, at most 6 hours. While the flag MUX_WEBHOOK_DLQ_ENABLED is off for an
-- event of Mux (JB-10), it goes on being tried instead. Retried more than 3 times, it raises an alert (JB-05).
create function app.fail_webhook_event(
  id uuid, error text, out state text, out attempts integer, out next_attempt_at timestamptz
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  event app.webhook_events;
  why text := coalesce(app.scrub_text(fail_webhook_event.error, 1000), 'No reason was given.');
  failures integer;
begin
  select e.* into event from app.webhook_events e
  where e.id = fail_webhook_event.id and e.state = 'received' for no key update;
  if not found then
    return;
  end if;
  fail_webhook_event.attempts := event.attempts + 1;
  fail_webhook_event.state := case
    when event.attempts + 1 >= app.max_webhook_attempts()
      and (event.provider <> 'mux' or app.flag_enabled('MUX_WEBHOOK_DLQ_ENABLED', event.event_id)) then 'dead'
    else 'received' end;
  fail_webhook_event.next_attempt_at := now() + case
    when fail_webhook_event.state = 'dead' then least(interval '6 hours', interval '810 seconds' * 2 ^ least(event.replays, 10))
    else least(interval '15 minutes', interval '10 seconds' * 3 ^ least(event.attempts, 10)) end;
  update app.webhook_events e
  set state = fail_webhook_event.state, attempts = fail_webhook_event.attempts, last_error = why,
      next_attempt_at = fail_webhook_event.next_attempt_at
  where e.id = event.id and e.received_at = event.received_at;

  select coalesce(max(a.no), 0) + 1 into failures from app.webhook_attempts a where a.webhook_event_id = event.id;
  insert into app.webhook_attempts (webhook_event_id, no, replay_no, error) values (event.id, failures, event.replays, why);
  if failures > 100 then
    delete from app.webhook_attempts a where a.webhook_event_id = event.id and a.no > 5 and a.no <= failures - 95;
  end if;
  -- The first attempt is no retry.
  if failures > 4 then
    perform app.raise_alert(
      'webhook.retries.' || event.provider, 'warning', format('An event of %s failed again and again', event.provider),
      jsonb_build_object(
        'webhook_event_id', event.id, 'type', event.type, 'retries', failures - 1, 'replays', event.replays,
        'state', fail_webhook_event.state),
      'docs/runbooks/webhook-dlq.md');
  end if;
end
$$;

grant execute on function app.fail_webhook_event(uuid, text) to mm_service;
