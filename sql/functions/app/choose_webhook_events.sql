-- The events that a replay or a discard means: those named, or those of a state (dead, unless another is named) and, among them, of a
-- provider, of a type, received from and before. Only what is dead, quarantined or ignored is ever chosen.
create function app.choose_webhook_events(
  event_ids uuid[], of_state text, of_provider text, of_type text, received_from timestamptz, received_before timestamptz
) returns table (id uuid, received_at timestamptz, state text)
language plpgsql stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  chosen_state text := coalesce(of_state, case when event_ids is null then 'dead' end);
begin
  perform app.refuse_fields(array_remove(array[
    case when cardinality(event_ids) not between 1 and 1000 or not app.is_flat(event_ids)
      then app.field_error('event_ids', 'range', 'Name between 1 and 1,000 events.') end,
    case when of_state not in ('dead', 'quarantined', 'ignored')
      then app.field_error('of_state', 'choice', 'The state is dead, quarantined or ignored.') end,
    case when of_provider not in ('mux', 'clerk', 'resend')
      then app.field_error('of_provider', 'choice', 'The provider is mux, clerk or resend.') end,
    case when of_type = '' then app.field_error('of_type', 'length', 'Name a type, such as video.asset.ready.') end
  ], null));
  -- The state as a constant: what waits aside is few among all, and has an index of its own.
  return query execute format(
    $sql$select e.id, e.received_at, e.state from app.webhook_events e
         where %s
           and ($2 is null or e.provider = $2)
           and ($3 is null or e.type = $3)
           and ($4 is null or e.received_at >= $4)
           and ($5 is null or e.received_at < $5)$sql$,
    concat_ws(
      ' and ', case when event_ids is not null then 'e.id = any ($1)' end,
      case when chosen_state is null then $sql$e.state in ('dead', 'quarantined', 'ignored')$sql$
        else format('e.state = %L', chosen_state) end))
    using event_ids, of_provider, of_type, received_from, received_before;
end
$$;

-- The same, locked in the order of their ids, for whoever said how many they have seen: when the choice has changed since, nothing happens.
create function app.lock_webhook_events(
  event_ids uuid[], of_state text, of_provider text, of_type text, received_from timestamptz, received_before timestamptz,
  expected_count integer
) returns uuid[]
language plpgsql volatile
set search_path = ''
as $$
declare
  chosen uuid[];
begin
  perform from app.webhook_events e
  where (e.id, e.received_at) in (
    select c.id, c.received_at
    from app.choose_webhook_events(event_ids, of_state, of_provider, of_type, received_from, received_before) c)
  order by e.id for no key update;
  -- Chosen again: while this waited for the locks, somebody else may have replayed or discarded some.
  select coalesce(array_agg(c.id order by c.id), '{}') into chosen
  from app.choose_webhook_events(event_ids, of_state, of_provider, of_type, received_from, received_before) c;
  if cardinality(chosen) <> expected_count then
    perform app.fail(
      409, 'webhook.selection_changed',
      format('The choice holds %s events now, not %s. Please look at the preview again.', cardinality(chosen), expected_count));
  end if;
  return chosen;
end
$$;

-- What the audit log holds of a choice: which events, when they are at most a hundred, and what they were chosen by.
create function app.choice_facts(
  chosen uuid[], event_ids uuid[], of_state text, of_provider text, of_type text, received_from timestamptz, received_before timestamptz
) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'event_ids', case when cardinality(chosen) <= 100 then to_jsonb(chosen) end,
    'filter', case when event_ids is null then jsonb_build_object(
      'state', coalesce(of_state, 'dead'), 'provider', of_provider, 'type', of_type,
      'received_from', received_from, 'received_before', received_before) end))
$$;

-- How an act on a choice ends: its entry in the audit log, unless there was nothing to act on, and its receipt. Of those named, some were not to
-- be acted on: they are skipped. `outcome` is the name of the count in the entry.
create function app.record_choice(
  action text, outcome text, reason text, chosen uuid[], event_ids uuid[], of_state text, of_provider text, of_type text,
  received_from timestamptz, received_before timestamptz, out acted_on integer, out skipped integer, out acted_at timestamptz
)
language plpgsql volatile
set search_path = ''
as $$
begin
  acted_on := cardinality(chosen);
  skipped := case when event_ids is null then 0 else (select count(distinct i) from unnest(event_ids) i) - acted_on end;
  acted_at := now();
  if acted_on > 0 then
    perform audit.record(
      action, 'webhook_event', case when acted_on = 1 then chosen[1]::text else 'many' end, null, btrim(reason),
      jsonb_build_object(outcome, acted_on)
        || app.choice_facts(chosen, event_ids, of_state, of_provider, of_type, received_from, received_before));
  end if;
end
$$;
