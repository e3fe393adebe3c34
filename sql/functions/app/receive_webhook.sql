-- Stores validly signed events once each (UP-06), all of them in the caller's transaction: element n of every array is about delivery n, and
-- new_ids has the id for each, should it be new. The bodies are one value, one behind the other; the first byte of each is the one at its
-- place in body_starts, counted from 1. Nearly every delivery is a new event that is to be folded: only what became of the others is answered.
--
-- A second delivery is a duplicate and changes nothing. A stale one (signed longer ago than tolerated) is kept aside as quarantined and
-- is never folded; when the same event comes again with a fresh signature, that one is believed and takes its place.
create function app.receive_webhooks(
  new_ids uuid[], providers text[], event_ids text[], types text[], object_ids text[], bodies bytea, body_starts integer[],
  body_lengths integer[], signed_ats timestamptz[], stales boolean[]
) returns table (delivery integer, id uuid, state text, is_duplicate boolean)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  stored integer;
  all_new boolean;
  -- Those of new_ids that are used, where some are not.
  used_ids uuid[];
  believed integer[];
begin
  -- In the order of the ids, so that two calls with the same events wait for one another instead of deadlocking; where the other has not
  -- ended, the insert waits until it has. Of two deliveries of one event in this call the fresh one is stored.
  insert into app.webhook_receipts (provider, event_id, webhook_event_id)
  select g.provider, g.event_id, g.id
  from unnest(providers, event_ids, stales, new_ids) with ordinality as g (provider, event_id, stale, id, delivery)
  order by g.provider, g.event_id, g.stale, g.delivery
  on conflict (provider, event_id) do nothing;
  get diagnostics stored = row_count;
  all_new := stored = cardinality(new_ids);
  if not all_new then
    select array_agg(r.webhook_event_id) into used_ids
    from unnest(providers, event_ids, new_ids) as g (provider, event_id, id)
    join app.webhook_receipts r on r.provider = g.provider and r.event_id = g.event_id and r.webhook_event_id = g.id;
  end if;

  insert into app.webhook_events (id, provider, event_id, type, object_id, body, signed_at, state)
  select g.id, g.provider, g.event_id, g.type, g.object_id, substring(bodies from g.body_start for g.body_length), g.signed_at,
         case when g.stale then 'quarantined' else 'received' end
  from unnest(new_ids, providers, event_ids, types, object_ids, body_starts, body_lengths, signed_ats, stales)
    as g (id, provider, event_id, type, object_id, body_start, body_length, signed_at, stale)
  where all_new or g.id = any (used_ids);

  if true = any (stales) then
    return query
    select g.delivery::integer, g.id, 'quarantined', false
    from unnest(new_ids, stales) with ordinality as g (id, stale, delivery)
    where g.stale and (all_new or g.id = any (used_ids));
  end if;
  if all_new then
    return;
  end if;

  -- The rest has been received before, some of it perhaps while the first statement waited: these have newer snapshots.
  with again as (
    select distinct on (r.webhook_event_id) r.webhook_event_id, g.*
    from unnest(new_ids, providers, event_ids, types, object_ids, body_starts, body_lengths, signed_ats, stales) with ordinality
      as g (id, provider, event_id, type, object_id, body_start, body_length, signed_at, stale, delivery)
    join app.webhook_receipts r on r.provider = g.provider and r.event_id = g.event_id
    where r.webhook_event_id <> g.id and not g.stale
    order by r.webhook_event_id, g.delivery
  ), freshened as (
    update app.webhook_events e
    set body = substring(bodies from a.body_start for a.body_length), type = a.type, object_id = a.object_id, signed_at = a.signed_at,
        state = 'received', next_attempt_at = now()
    from again a
    where e.id = a.webhook_event_id and e.state = 'quarantined'
    returning a.delivery
  )
  select coalesce(array_agg(f.delivery), '{}') into believed from freshened f;

  return query
  select g.delivery::integer, r.webhook_event_id, e.state, g.delivery <> all (believed)
  from unnest(providers, event_ids, new_ids) with ordinality as g (provider, event_id, id, delivery)
  join app.webhook_receipts r on r.provider = g.provider and r.event_id = g.event_id
  left join app.webhook_events e on e.id = r.webhook_event_id
  where r.webhook_event_id <> g.id;
end
$$;

-- One event, and what became of it.
create function app.receive_webhook(
  provider text, event_id text, type text, object_id text, body bytea, signed_at timestamptz, stale boolean,
  out id uuid, out state text, out is_duplicate boolean
)
language sql volatile security definer
set search_path = ''
as $$
  select coalesce(r.id, n.id), case when r.delivery is null then 'received' else r.state end, coalesce(r.is_duplicate, false)
  from (select uuidv7() as id offset 0) n
  left join lateral app.receive_webhooks(
    array[n.id], array[provider], array[event_id], array[type], array[object_id], body, array[1], array[octet_length(body)],
    array[signed_at], array[stale]) r on true
$$;

grant execute on function
  app.receive_webhooks(uuid[], text[], text[], text[], text[], bytea, integer[], integer[], timestamptz[], boolean[]),
  app.receive_webhook(text, text, text, text, bytea, timestamptz, boolean)
  to mm_service;
