-- Takes dead events whose time has come for the job mux-dlq-replay, those that have waited longest first, and answers their ids: they are
-- received again, with one attempt ahead, for the caller to fold. Those of Mux only while the flag MUX_WEBHOOK_DLQ_ENABLED is on for them
-- (JB-10). What another runner has in hand is skipped. At most 500.
create function app.claim_dead_events(max_events integer) returns setof uuid
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  claimed uuid[];
begin
  with due as (
    select e.id, e.received_at from app.webhook_events e
    where e.state = 'dead' and e.next_attempt_at <= now()
      and (e.provider <> 'mux' or app.flag_enabled('MUX_WEBHOOK_DLQ_ENABLED', e.event_id))
    order by e.next_attempt_at, e.id
    limit least(max_events, 500)
    for no key update skip locked
  ), replays as (
    update app.webhook_events e
    set state = 'received', attempts = app.max_webhook_attempts() - 1, replays = e.replays + 1, next_attempt_at = now()
    from due where e.id = due.id and e.received_at = due.received_at
    returning e.id
  )
  select coalesce(array_agg(r.id order by r.id), '{}') into claimed from replays r;
  if claimed <> '{}' then
    perform audit.record(
      'webhook.replayed', 'webhook_event', case when cardinality(claimed) = 1 then claimed[1]::text else 'many' end, null,
      'replayed by the job mux-dlq-replay',
      jsonb_build_object('replayed', cardinality(claimed)) || app.choice_facts(claimed, claimed, null, null, null, null, null));
  end if;
  return query select unnest(claimed);
end
$$;

grant execute on function app.claim_dead_events(integer) to mm_service;
