-- Counts a failed attempt to fold an event. It comes again after 10 seconds, then after three times as long each time and at most 15
-- minutes (JB-02); after the last attempt it is dead and waits for a person. While the flag MUX_WEBHOOK_DLQ_ENABLED is off for an event of
-- Mux (JB-10), it goes on being tried instead.
create function app.fail_webhook_event(
  id uuid, error text, out state text, out attempts integer, out next_attempt_at timestamptz
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  update app.webhook_events e
  set attempts = e.attempts + 1,
      last_error = left(fail_webhook_event.error, 1000),
      state = case
        when e.attempts + 1 >= app.max_webhook_attempts()
          and (e.provider <> 'mux' or app.flag_enabled('MUX_WEBHOOK_DLQ_ENABLED', e.event_id)) then 'dead'
        else 'received' end,
      next_attempt_at = now() + least(interval '15 minutes', interval '10 seconds' * 3 ^ least(e.attempts, 10))
  where e.id = fail_webhook_event.id and e.state = 'received'
  returning e.state, e.attempts, e.next_attempt_at
    into fail_webhook_event.state, fail_webhook_event.attempts, fail_webhook_event.next_attempt_at;
end
$$;

grant execute on function app.fail_webhook_event(uuid, text) to mm_service;
